import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatter } from '@lingui/format-po'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../locales')

/** All catalogues of a language are one table when shown: a message with two translations would show either. */
test.each(readdirSync(folder))('%s: a message is translated the same in every catalogue', async locale => {
  const seen = new Map<string, { message: string; translations: Map<string, string> }>()
  for (const file of readdirSync(join(folder, locale))) {
    for (const [id, { message, translation }] of Object.entries(await parse(locale, file))) {
      const entry = seen.get(id) ?? { message: message ?? id, translations: new Map() }
      if (translation) entry.translations.set(translation, file)
      seen.set(id, entry)
    }
  }
  const torn = [...seen.values()].filter(({ translations }) => translations.size > 1)
  expect(torn.map(({ message, translations }) => `${message}: ${JSON.stringify([...translations])}`)).toEqual([])
})

/** One word for one thing (docs/glossary.md): a person is 成员, a unit 部门, and the reader 你. */
test('Chinese uses the words of the glossary', async () => {
  const others = /人员|单元(?!格)|您|着重|外发|迟到/
  const found: string[] = []
  for (const file of readdirSync(join(folder, 'zh-CN'))) {
    const translations = Object.values(await parse('zh-CN', file)).map(({ translation }) => translation ?? '')
    found.push(...translations.filter(translation => others.test(translation)))
  }
  expect(found).toEqual([])
})

/** What nobody who grew up with the language would say, as far as it was met: present password, stands there twice, not any more. */
test('English is as an English speaker would write it', async () => {
  const translated =
    /\bpresent (?:password|state)\b|\bstands? (?:here|there|in line)\b|\bmay not stand\b|\bhand (?:the group )?on\b|\bnot said\b|\bas the device\b|\bbegin one\b|\bmeanwhile\b|\bis not good\b|\b(?:message|mention) somebody\b|\bone emoji\b|\bof your own first\b/i
  const found: string[] = []
  for (const file of readdirSync(join(folder, 'zh-CN'))) {
    const messages = Object.entries(await parse('zh-CN', file)).map(([id, { message }]) => message ?? id)
    found.push(...messages.filter(message => translated.test(message)))
  }
  expect(found).toEqual([])
})

/**
 * Short English verbs that mean different things in different places, and are different words in Chinese. Each message that is one of
 * them says which it means: `msg({ message: 'Pin', context: 'a message in its conversation' })`.
 */
const ambiguous = ['Pin', 'Unpin', 'Star', 'Unstar', 'Mark', 'Post', 'Record', 'Share', 'Follow', 'Book', 'File']

test('a word that means two things says which it means', async () => {
  const files = readdirSync(join(folder, 'zh-CN'))
  const all = await Promise.all(files.map(async file => Object.entries(await parse('zh-CN', file))))
  const isShown = (origin?: [string, number?][]) => !origin?.every(([file]) => file.startsWith('src/app/dev'))
  const vague = all
    .flat()
    .filter(([id, { message, context, origin }]) => ambiguous.includes(message ?? id) && !context && isShown(origin))
  expect(vague.map(([id]) => id)).toEqual([])
})

async function parse(locale: string, file: string) {
  const filename = join(folder, locale, file)
  return await formatter().parse(readFileSync(filename, 'utf8'), { locale, sourceLocale: 'en', filename })
}
