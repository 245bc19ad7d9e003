// Plain JavaScript, so that Node runs it as it is; Vite reads the TypeScript behind it.
import { runnerImport } from 'vite';

const { module } = await runnerImport(`${import.meta.dirname}/main.ts`, {
  root: import.meta.dirname,
  configFile: false,
  logLevel: 'warn',
});
process.exit(await module.main(process.argv.slice(2)));
