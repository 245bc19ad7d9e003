import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

const config = mergeConfig(base, defineConfig({ test: { name: 'e2e-firefox' } }));
config.test.include = ['firefox/*.test.ts'];
export default config;
