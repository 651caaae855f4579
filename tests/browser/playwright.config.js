import path from 'node:path';
import { defineConfig } from '@playwright/test';

const built = path.resolve(__dirname, '../../build/browser');

export default defineConfig({
  testDir: __dirname,
  outputDir: path.join(built, 'results'),
  globalSetup: path.join(__dirname, 'platform/setup.js'),
  reporter: [['list'], [path.join(__dirname, 'platform/closing_line.js')]],
  fullyParallel: true,
  workers: 2,
  retries: 1,  // what needed it is named: platform/closing_line.js
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    },
  },
});
