import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'

/**
 * `npm run figures`, against a server with the sample company (`python -m tools.with_server --sample npm --prefix web run figures`): what
 * somebody waits for on this machine, on a processor four times as slow, and on a line of 400 kbit/s with 300 ms.
 */
const origin = process.env.BILIN_URL ?? 'http://127.0.0.1:8300'
const rounds = Number(process.env.ROUNDS ?? 3)
const person = { login: 'suwan', password: 'bilin-demo', device: 'figures' }
const found = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)
const executablePath = process.env.CHROMIUM ?? found

interface Seen {
  paint: number
  list: number
  tasks: number[]
}

declare global {
  interface Window {
    seen: Seen
    painted: number[]
  }
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const [name, throttle] of [
    ['this machine', {}],
    ['processor 1/4', { rate: 4 }],
    ['400 kbit/s, 300 ms', { kbit: 400 }],
  ] as const) {
    const opened: Opened[] = []
    for (let round = 0; round < rounds; round++) opened.push(await open(browser, throttle))
    const of = (pick: (one: Opened) => number) => Math.round(median(opened.map(pick)))
    console.log(`${name}: frame ${of(one => one.frame)} ms, list ${of(one => one.list)} ms, longest task \
${of(one => one.longest)} ms; until then ${of(one => one.requests)} requests, ${of(one => one.bytes / 1000)} KB`)
  }
  for (const rate of [1, 4]) console.log(`typing, processor 1/${rate}: ${await typing(browser, rate)}`)
} finally {
  await browser.close()
}

interface Throttle {
  rate?: number
  kbit?: number
}

interface Opened {
  frame: number
  list: number
  longest: number
  requests: number
  bytes: number
}

/** Somebody signed in opens the client for the first time in this browser. */
async function open(browser: Browser, throttle: Throttle): Promise<Opened> {
  const context = await signedIn(browser)
  const page = await context.newPage()
  const wire = await follow(page, throttle)
  await page.goto(`${origin}/messages`, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.seen?.list > 0, undefined, { timeout: 120_000 })
  const { requests, bytes } = wire
  await page.waitForTimeout(throttle.kbit ? 0 : 2_500)
  const { paint, list, tasks } = await page.evaluate(() => window.seen)
  await context.close()
  return { frame: paint, list, longest: Math.max(0, ...tasks), requests, bytes }
}

async function follow(page: Page, { rate, kbit }: Throttle): Promise<{ requests: number; bytes: number }> {
  const wire = { requests: 0, bytes: 0 }
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    wire.requests++
    wire.bytes += encodedDataLength
  })
  if (rate) await session.send('Emulation.setCPUThrottlingRate', { rate })
  const throughput = ((kbit ?? 0) * 1000) / 8
  const line = { offline: false, latency: 300, downloadThroughput: throughput, uploadThroughput: throughput }
  if (kbit) await session.send('Network.emulateNetworkConditions', line)
  await page.addInitScript(() => {
    window.seen = { paint: 0, list: 0, tasks: [] }
    new PerformanceObserver(entries => {
      window.seen.paint ||= entries.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
    }).observe({ type: 'paint', buffered: true })
    new PerformanceObserver(entries => {
      for (const { duration } of entries.getEntries()) window.seen.tasks.push(duration)
    }).observe({ type: 'longtask', buffered: true })
    const look = () => {
      if (document.querySelector('[data-conversation]')) window.seen.list = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return wire
}

/** From the key to its picture, and the first opening of the palette. */
async function typing(browser: Browser, rate: number): Promise<string> {
  const context = await signedIn(browser)
  const page = await context.newPage()
  await page.goto(`${origin}/messages`)
  await page.locator('[data-conversation]').first().click()
  await page.locator('[contenteditable=true]').click()
  await page.waitForTimeout(5_000) // what is fetched beforehand is there
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await page.evaluate(() => {
    window.painted = []
    const pressed = ({ timeStamp }: KeyboardEvent) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.painted.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    addEventListener('keydown', pressed, true)
  })
  await page.keyboard.type('The quick brown fox jumps over the lazy dog. 1234567890 Once more it jumps, and again.', {
    delay: 90,
  })
  const keys = (await page.evaluate(() => window.painted.splice(0))).sort((a, b) => a - b)
  await page.keyboard.press('Control+k')
  await page.waitForTimeout(1_000)
  const [, palette = 0] = await page.evaluate(() => window.painted)
  await context.close()
  const at = (share: number) => (keys[Math.floor((keys.length - 1) * share)] ?? 0).toFixed(0)
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} ms; palette ${palette.toFixed(0)} ms the first time`
}

async function signedIn(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } })
  const answer = await context.request.post(`${origin}/api/sessions`, { data: person, headers: { Origin: origin } })
  if (answer.status() !== 201) throw new Error(`cannot sign in: ${answer.status()} ${await answer.text()}`)
  return context
}

function median(all: number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0
}
