import { defineConfig } from '@playwright/test'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Browser tests against a real server. BILIN_URL names it; CHROMIUM the browser of the system. */
export default defineConfig({
  testDir: './e2e',
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  reporter: [['list']],
  // The first visit needs a site without a company; it is skipped where there is one.
  projects: [
    { name: 'first visit', testMatch: 'first-visit.spec.ts' },
    { name: 'then', testIgnore: 'first-visit.spec.ts', dependencies: ['first visit'] },
  ],
  use: {
    baseURL: process.env.BILIN_URL ?? 'http://127.0.0.1:8300',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
