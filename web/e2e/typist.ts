import type { CDPSession, Page } from '@playwright/test'

/** How somebody writes: as fast as this, with an input method or without. */
export interface Hand {
  /** milliseconds from key to key */
  delay: number
  composes: boolean
}

/** Somebody at a keyboard, who does not wait for the screen. */
export class Typist {
  private readonly page: Page
  private readonly hand: Hand

  constructor(page: Page, hand: Hand) {
    this.page = page
    this.hand = hand
  }

  /** Letters one by one; by an input method each is a composition that grows, and the words are put down at the end. */
  async write(text: string): Promise<void> {
    const { delay, composes } = this.hand
    if (!composes) return await this.page.keyboard.type(text, { delay })
    const method = await compose(this.page)
    for (let end = 1; end <= text.length; end++) {
      await method.show(text.slice(0, end))
      await this.page.waitForTimeout(delay)
    }
    await method.putDown(text)
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      await this.page.waitForTimeout(this.hand.delay)
    }
  }
}

/** An input method: it shows what it composes, and puts it down. */
export async function compose(page: Page) {
  const session = await page.context().newCDPSession(page)
  return {
    show: (text: string) =>
      session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    async putDown(text: string) {
      await session.send('Input.insertText', { text })
      await session.detach()
    },
  }
}

/** What fits comes this late, as on a slow line. */
export async function withhold(page: Page, what: RegExp, ms: number): Promise<void> {
  await page.route(what, async route => {
    await new Promise(resolve => setTimeout(resolve, ms))
    await route.continue()
  })
}

/** The processor is slower by this factor. */
export async function slowDown(page: Page, rate: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return session
}
