import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const { version } = require('emojibase-data/package.json') as { version: string }

const languages = ['en', 'zh']
const parts = ['data.json', 'messages.json']
/** The address the picker asks; under /assets/ because it is named by version and never changes. */
const base = `assets/emoji-${version}-named-twice`
/** By what Chinese messengers call them, and the standard does not. */
const customary: Record<string, string[]> = {
  '1F64F': ['抱拳', '合十'],
  '1F91D': ['合作愉快'],
  '1F44C': ['OK', '好的', '收到'],
  '1F602': ['笑哭'],
  '1F92D': ['偷笑'],
  '1F349': ['吃瓜'],
  '1F339': ['鲜花', '送花'],
  '1F436': ['狗头'],
  '1F44F': ['鼓掌'],
  '1F4AA': ['加油'],
}

/** Serves the emoji names and groups from our own server: the picker's default is a public CDN. */
export function emojiData(): Plugin {
  return {
    name: 'bilin:emoji-data',
    config: () => ({ define: { __EMOJI_DATA_URL__: JSON.stringify(`/${base}`) } }),
    configureServer: server => {
      server.middlewares.use(async (request, response, next) => {
        const found = files().find(file => request.url === `/${file.name}`)
        if (!found) return next()
        response.setHeader('Content-Type', 'application/json')
        response.end(await read(found.source))
      })
    },
    async generateBundle() {
      for (const { name, source } of files()) {
        this.emitFile({ type: 'asset', fileName: name, source: await read(source) })
      }
    },
  }
}

function files(): { name: string; source: string }[] {
  return languages.flatMap(language =>
    parts.map(part => ({
      name: `${base}/${language}/${part}`,
      source: sourceOf(language, part),
    })),
  )
}

/** Minified: the published files are. Parsing proves that they are JSON before they are shipped. */
async function read(path: string): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
  return JSON.stringify(Array.isArray(parsed) ? await namedTwice(parsed as Emoji[]) : parsed)
}

interface Emoji {
  hexcode: string
  label: string
  tags?: string[]
}

/** Found by its names in both languages, by what is written between colons, and by what it is called besides. */
export async function namedTwice(emoji: Emoji[]): Promise<Emoji[]> {
  const [en = [], zh = []] = await Promise.all(
    languages.map(async language => JSON.parse(await readFile(sourceOf(language, 'data.json'), 'utf8')) as Emoji[]),
  )
  const codes = JSON.parse(await readFile(sourceOf('en', 'shortcodes/github.json'), 'utf8')) as Codes
  const names = new Map<string, Set<string>>()
  for (const { hexcode, label, tags = [] } of [...en, ...zh]) {
    names.set(hexcode, new Set([...(names.get(hexcode) ?? []), label, ...tags]))
  }
  return emoji.map(each => {
    const written = [codes[each.hexcode] ?? []].flat().flatMap(code => [code, `:${code}`])
    const all = new Set([...(names.get(each.hexcode) ?? []), ...written, ...(customary[each.hexcode] ?? [])])
    all.delete(each.label)
    return { ...each, tags: [...all] }
  })
}

type Codes = Record<string, string | string[]>

function sourceOf(language: string, part: string): string {
  return require.resolve(`emojibase-data/${language}/${part}`)
}
