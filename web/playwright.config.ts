import { existsSync } from 'node:fs'
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

// The kit's gallery is no part of the client that is served: it has a build and a server of its own.
process.env.GALLERY_PORT ??= String(20_000 + (process.pid % 5_000))

/** Where the system has Chromium: without windows, which costs less, or with. */
const browsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

const isOfAnother =
  process.env.BILIN_SAMPLE || process.env.BILIN_BRANCH_URL || process.env.BILIN_EARLIER || process.env.BILIN_CHAT
const showsTheKit = (!isOfAnother && !process.env.SLOW) || process.env.SCREENSHOTS

/** What takes long and guards what is seldom touched has the tag: `make test-slow` runs it (SLOW), and EVERY_KEY runs all. */
const slow = /@slow/
const chosen = process.env.SLOW ? { grep: slow } : process.env.EVERY_KEY ? {} : { grepInvert: slow }

/** Browser tests against a real server. BILIN_URL names it; CHROMIUM another browser than the system's. */
export default defineConfig({
  testDir: './e2e',
  fullyParallel: false,
  workers: 1,
  // A machine that is busy for a moment must not stop a landing; what passed at a later try is reported as flaky.
  retries: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // The first visit needs a site without a company, the sample company one of its own: BILIN_SAMPLE says it is there.
  // Two servers, one of them to become a branch: BILIN_BRANCH_URL names it. One that was upgraded: BILIN_EARLIER is
  // what a browser held before.
  projects: process.env.BILIN_SAMPLE
    ? [{ name: 'sample company', testMatch: 'sample/*.spec.ts' }]
    : process.env.BILIN_EARLIER
      ? [{ name: 'earlier release', testMatch: 'earlier/*.spec.ts' }]
      : process.env.BILIN_CHAT
        ? [{ name: 'three machines', testMatch: 'machines/*.spec.ts', retries: 0, use: { ignoreHTTPSErrors: true } }]
        : process.env.BILIN_BRANCH_URL
          ? [
              { name: 'two sites', testMatch: 'sites.spec.ts' },
              { name: 'their end', testMatch: 'sites-administration.spec.ts', dependencies: ['two sites'] },
            ]
          : [
              { name: 'first visit', testMatch: 'first-visit.spec.ts' },
              {
                name: 'then',
                testIgnore: ['first-visit.spec.ts', 'sites*.spec.ts', 'sample/*', 'earlier/*', 'machines/*'],
                dependencies: ['first visit'],
                ...chosen,
              },
            ],
  webServer: showsTheKit
    ? {
        command: `npm run --silent gallery -- --port ${process.env.GALLERY_PORT} --strictPort`,
        url: `http://127.0.0.1:${process.env.GALLERY_PORT}/dev/ui`,
        timeout: 120_000,
      }
    : undefined,
  use: {
    baseURL: process.env.BILIN_URL ?? 'http://127.0.0.1:8300',
    // Who has chosen no language gets the browser's.
    locale: 'zh-CN',
    launchOptions: { executablePath: process.env.CHROMIUM ?? browsers.find(existsSync), args: flags },
    actionTimeout: 15_000,
    // The second try alone: the processor is needed for the tests. To see a first one: npm run e2e -- --trace on
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
})
