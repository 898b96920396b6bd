import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'

const source = resolve(import.meta.dirname, '../../src/worker/service-worker.ts')
const name = 'service-worker.js'

/** Builds the service worker, which keeps every file of the build: the page first, then what it needs, data last. */
export function serviceWorker(): Plugin {
  let folder = ''
  return {
    name: 'bilin:service-worker',
    apply: (_, { command, mode }) => command === 'build' && mode === 'production',
    enforce: 'post',
    configResolved: config => {
      folder = config.publicDir
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = [...readdirSync(folder), ...Object.keys(bundle)].filter(file => isFetched(file))
        const paths = ['/', ...files.sort((a, b) => turn(a) - turn(b)).map(file => `/${file}`)]
        const build = hashOf([...paths, ...texts(bundle)])
        const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source)
        const known = code.replaceAll('__FILES__', JSON.stringify(paths)).replaceAll('__BUILD__', JSON.stringify(build))
        this.emitFile({ type: 'asset', fileName: name, source: known.replace(/^export \{\};?$/m, '') })
      },
    },
  }
}

function isFetched(file: string): boolean {
  return !file.startsWith('.') && !file.endsWith('.html') && file !== name
}

function turn(file: string): number {
  return file.endsWith('.json') ? 1 : 0
}

/** What has no hash in its name, the page among it. */
function texts(bundle: Record<string, { type: string; source?: string | Uint8Array }>): string[] {
  return Object.values(bundle).flatMap(({ type, source }) => (type === 'asset' && source ? [String(source)] : []))
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16)
}
