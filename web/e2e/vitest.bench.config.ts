import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

const config = mergeConfig(base, defineConfig({ test: { name: 'bench', testTimeout: 180_000 } }));
config.test.include = ['bench/*.test.ts'];
export default config;
