import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import type { Me, Preferences } from '@/core/api'

/** Somebody with a password. */
export interface Account {
  login: string
  password: string
}

export interface DeviceOptions extends Partial<Preferences> {
  viewport?: { width: number; height: number }
  /** Where the device opens; the messages unless said otherwise. */
  at?: string
  /** Its service worker keeps the client. Others have none: tests see what pages ask the server for. */
  keepsClient?: boolean
  /** The server it talks to; the first one unless said otherwise. */
  origin?: string
}

/** A browser of its own: cookies, storage and network are nobody else's. */
export interface Device {
  page: Page
  context: BrowserContext
  me: Me
}

/** Opens browsers for people who are signed in already, and holds all of them to a silent console. */
export interface Stage {
  enter: (account: Account, options?: DeviceOptions) => Promise<Device>
  /** A page for nobody yet. */
  visit: (options?: Omit<DeviceOptions, 'at'>) => Promise<Page>
}

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** What a browser itself says: the network or the server is away, a session has ended, a device has no service worker. */
const byTheBrowser = /^Failed to load resource|^WebSocket connection to|^Service Worker registration blocked/

export const test = base.extend<{ stage: Stage }>({
  stage: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    const open = async (options: BrowserContextOptions) => {
      const context = await browser.newContext({
        locale: 'zh-CN',
        reducedMotion: 'reduce',
        timezoneId: 'Asia/Shanghai',
        serviceWorkers: 'block',
        ...options,
      })
      contexts.push(context)
      context.on('weberror', error => complaints.push(`error: ${error.error().stack ?? error.error().message}`))
      context.on('console', message => {
        const isComplaint = message.type() === 'error' || message.type() === 'warning'
        if (isComplaint && !byTheBrowser.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`)
      })
      return context
    }
    await use({
      enter: async (account, options = {}) => {
        const { viewport, at = '/messages', origin = baseURL ?? '', keepsClient, ...preferences } = options
        const serviceWorkers = keepsClient ? 'allow' : 'block'
        const context = await open({ ...screenOf(viewport), baseURL: origin, serviceWorkers })
        const me = await signIn(context, origin, account, preferences)
        const page = await context.newPage()
        await page.goto(at)
        await expect(page.getByRole('main')).toBeVisible()
        return { page, context, me }
      },
      visit: async ({ viewport, origin = baseURL, locale, theme } = {}) => {
        const context = await open({ ...screenOf(viewport), baseURL: origin })
        await context.addInitScript(
          ([language, appearance]) => {
            if (!location.protocol.startsWith('http')) return // a blank page has no storage
            if (language) localStorage.setItem('bilin.locale', language)
            if (appearance) localStorage.setItem('bilin.appearance', JSON.stringify({ theme: appearance }))
          },
          [locale, theme],
        )
        return await context.newPage()
      },
    })
    for (const context of contexts) await context.close()
    expect(complaints, 'what the consoles of all browsers said').toEqual([])
  },
})

/** A small one is a phone's: touched, and without a pointer. */
function screenOf(viewport = desktop): BrowserContextOptions {
  const isPhone = viewport.width < 600
  return { viewport, isMobile: isPhone, hasTouch: isPhone }
}

/** Puts a session into the browser, as the sign-in page would; that page has tests of its own. */
async function signIn(
  context: BrowserContext,
  origin: string,
  account: Account,
  preferences: Partial<Preferences>,
): Promise<Me> {
  const headers = { Origin: origin }
  const answer = await context.request.post('/api/sessions', { data: { ...account, device: 'Chromium' }, headers })
  expect(answer.status(), await answer.text()).toBe(201)
  const { me } = await answer.json()
  if (Object.keys(preferences).length > 0) {
    const changed = await context.request.patch('/api/me/preferences', { data: preferences, headers })
    expect(changed.status(), await changed.text()).toBe(200)
  }
  return me
}
