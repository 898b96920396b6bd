/**
 * Runs beside the pages and answers for the server when that is away: the client itself, all of its parts. What people wrote and read is
 * none of its business (`log/saved`). Built apart (tools/vite/service-worker.ts), and stateless: every release answers for the pages of
 * every other, so it takes over at once. It also shows the page of a call that somebody presses, though no page is open.
 */
export {}

/** Every file of the build, the shell first. */
declare const __FILES__: readonly string[]
/** What is another for each build. */
declare const __BUILD__: string

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface AskedEvent extends LastingEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

interface PressedEvent extends LastingEvent {
  readonly notification: { readonly data: { path: string }; close(): void }
}

interface Page {
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}

interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: PressedEvent) => void): void
  skipWaiting(): Promise<void>
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Page[]>
    openWindow(path: string): Promise<unknown>
  }
}

const worker = self as unknown as Worker
const files = __FILES__
const prefix = 'bilin.client.'
const mine = prefix + __BUILD__
const shell = '/'
/** A page opens from here when the server has not answered by then. */
const patienceMs = 3_000

worker.addEventListener('install', event => event.waitUntil(keepAll().then(() => worker.skipWaiting())))
worker.addEventListener('activate', event => event.waitUntil(forgetOld().then(() => worker.clients.claim())))
worker.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (!/^(?:GET|HEAD)$/.test(request.method) || origin !== location.origin || /^\/api(?:\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (files.includes(pathname) || pathname.startsWith('/assets/')) event.respondWith(file(request))
})

worker.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(goTo(event.notification.data.path))
})

/** In the page that was used last, else in a new one. */
async function goTo(path: string): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!page) return void (await worker.clients.openWindow(path))
  page.postMessage({ goTo: path })
  await page.focus().catch(() => undefined) // a browser may think that nobody pressed anything
}

/** One after the other: the line is needed for what people do. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(mine)
  for (const path of files) {
    const held = isForever(path) ? await caches.match(path) : undefined
    if (held) await cache.put(path, held)
    else await cache.add(isForever(path) ? path : new Request(path, { cache: 'no-cache' }))
  }
}

/** The build before stays: pages of it may still be open, and fetch the parts they lack. */
async function forgetOld(): Promise<void> {
  const ours = (await caches.keys()).filter(name => name.startsWith(prefix) && name !== mine)
  await Promise.all(ours.slice(0, -1).map(name => caches.delete(name)))
}

/** The newest from the server; without it, the one that is kept. */
async function page(request: Request): Promise<Response> {
  const late = new Promise<null>(resolve => setTimeout(resolve, patienceMs, null))
  const asked = fetch(request)
  asked.catch(() => undefined) // it may fail when nobody waits for it any more
  const answer = await Promise.race([asked, late]).catch(() => null)
  if (answer && answer.status < 500) return answer
  const cache = await caches.open(mine)
  return (await cache.match(shell)) ?? answer ?? (await asked)
}

async function file(request: Request): Promise<Response> {
  const held = await caches.match(request.url)
  if (!held) return await fetch(request)
  // The picker of emoji asks for the heads alone, whether its data is still the same.
  return request.method === 'HEAD' ? new Response(null, held) : held
}

/** Named by what is in it. */
function isForever(path: string): boolean {
  return path.startsWith('/assets/')
}
