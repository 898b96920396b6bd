import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import type { Preferences } from '@/core/api'

type Locale = Preferences['locale']

/** Nothing reaches out of the window sideways, and nothing makes the page itself scroll sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  expect(await page.evaluate(outside)).toEqual([])
}

/** No word of the interface is shown in the other language. Names and messages of people may be. */
export async function expectTranslated(page: Page, locale: Locale): Promise<void> {
  const foreign = locale === 'en' ? wordsOnlyIn('msgstr') : wordsOnlyIn('msgid')
  const shown = await page.evaluate(shownWords)
  expect(shown.filter(word => foreign.has(word))).toEqual([])
}

/** Runs in the page. Texts and controls beyond the left or right edge that no scrolling brings into sight. */
function outside(): string[] {
  const width = document.documentElement.clientWidth
  const found: string[] = []
  if (document.documentElement.scrollWidth > width)
    found.push(`the page is ${document.documentElement.scrollWidth} wide`)
  const isMeant = (element: Element | null): boolean => {
    if (!element) return false
    const { overflowX, clipPath, position, opacity } = getComputedStyle(element)
    if (/auto|scroll/.test(overflowX) || clipPath !== 'none' || opacity === '0') return true
    return position === 'fixed' ? false : isMeant(element.parentElement)
  }
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!hasText && !element.matches('button, input, a, textarea')) continue
    const { left, right, width: own, height } = element.getBoundingClientRect()
    if (own <= 1 || height <= 1 || (left >= -1 && right <= width + 1) || isMeant(element)) continue
    found.push(`${element.tagName} “${element.textContent?.slice(0, 40)}” from ${left} to ${right} of ${width}`)
  }
  return found
}

/** Runs in the page. Every text, label and hint of it. */
function shownWords(): string[] {
  const words: string[] = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // What carries a language of its own is meant so: the names of languages, for one.
    if (!node.parentElement?.closest('body [lang]')) words.push(node.textContent?.trim() ?? '')
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    for (const name of ['aria-label', 'placeholder', 'title']) words.push(element.getAttribute(name)?.trim() ?? '')
  }
  return words
}

const catalogues = fileURLToPath(new URL('../locales/zh-CN/', import.meta.url))

/** Words that exist in one language alone: the catalogues' English (`msgid`) or Chinese (`msgstr`) side. */
function wordsOnlyIn(side: 'msgid' | 'msgstr'): ReadonlySet<string> {
  const sides = { msgid: new Set<string>(), msgstr: new Set<string>() }
  for (const file of readdirSync(catalogues)) {
    const text = readFileSync(`${catalogues}${file}`, 'utf8').replaceAll('"\n"', '')
    for (const [, name = '', words = ''] of text.matchAll(/^(msgid|msgstr) "(.+)"$/gm)) {
      if (name === 'msgid' || name === 'msgstr') sides[name].add(words.replaceAll('\\"', '"'))
    }
  }
  return side === 'msgid' ? sides.msgid.difference(sides.msgstr) : sides.msgstr.difference(sides.msgid)
}
