import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

const config = mergeConfig(base, defineConfig({ test: { name: 'screens' } }));
config.test.include = ['screens/*.test.ts'];
export default config;
