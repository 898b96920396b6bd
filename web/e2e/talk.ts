import { expect, type Locator, type Page, test } from '@playwright/test'

/** A conversation as its people see it on a page, in Chinese or English. */
export class Talk {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Where one writes. */
  get box(): Locator {
    return this.page.locator('[contenteditable=true]')
  }

  /** The message that says this; not those that quote it. */
  message(text: string): Locator {
    const said = this.page.locator('p').filter({ hasText: text })
    return this.page.getByRole('log').getByRole('article').filter({ has: said })
  }

  /** A line that says what happened. */
  notice(text: string): Locator {
    return this.page.getByRole('log').locator('p[data-message]').filter({ hasText: text })
  }

  /** The line of a conversation in the list. */
  row(title: string): Locator {
    const found = this.page.locator('[data-conversation]').filter({ hasText: title })
    return test.info().retry > 0 ? found.first() : found // an earlier try has left one of the same name below
  }

  /** Goes to a place of the rail. */
  async goTo(place: string): Promise<void> {
    await this.rail(place).click()
  }

  rail(place: string): Locator {
    return this.page.getByRole('navigation').first().getByRole('link', { name: place })
  }

  async open(title: string): Promise<void> {
    await this.row(title).click()
    await expect(this.page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  }

  async write(text: string): Promise<void> {
    await this.box.click()
    await this.page.keyboard.type(text)
  }

  async say(text: string): Promise<void> {
    await this.write(text)
    await this.submit()
    await expect(this.message(text)).toBeVisible()
  }

  /** With fingers Enter breaks the line, and the button sends. */
  private async submit(): Promise<void> {
    const touched = await this.page.evaluate(() => matchMedia('(pointer: coarse)').matches)
    if (touched) await this.page.getByRole('button', { name: /^(?:Send|发送)$/ }).tap()
    else await this.page.keyboard.press('Enter')
  }

  /** Says it and waits until the server has it. */
  async send(text: string): Promise<void> {
    await this.say(text)
    await expect(this.message(text)).toHaveAttribute('data-message')
  }

  /** Chooses from the menu of a message. */
  async choose(text: string, item: string): Promise<void> {
    await this.message(text).click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  /** Texts of the messages, in the order they are shown. */
  async texts(): Promise<string[]> {
    return await this.page.getByRole('log').locator('article [class*=bubble]').allInnerTexts()
  }

  /** All messages and notices, in the order they are shown. */
  async ids(): Promise<(string | null)[]> {
    const rows = await this.page.getByRole('log').locator('[data-message]').all()
    return await Promise.all(rows.map(row => row.getAttribute('data-message')))
  }
}
