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
  const others = /人员|单元(?!格)|您/
  const found: string[] = []
  for (const file of readdirSync(join(folder, 'zh-CN'))) {
    const translations = Object.values(await parse('zh-CN', file)).map(({ translation }) => translation ?? '')
    found.push(...translations.filter(translation => others.test(translation)))
  }
  expect(found).toEqual([])
})

async function parse(locale: string, file: string) {
  const filename = join(folder, locale, file)
  return await formatter().parse(readFileSync(filename, 'utf8'), { locale, sourceLocale: 'en', filename })
}
