import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const { version } = require('emojibase-data/package.json') as { version: string }

const languages = ['en', 'zh']
const parts = ['data.json', 'messages.json']
/** The address the picker asks; under /assets/ because it is named by version and never changes. */
const base = `assets/emoji-${version}`

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
      source: require.resolve(`emojibase-data/${language}/${part}`),
    })),
  )
}

/** Minified: the published files are. Parsing proves that they are JSON before they are shipped. */
async function read(path: string): Promise<string> {
  return JSON.stringify(JSON.parse(await readFile(path, 'utf8')))
}
