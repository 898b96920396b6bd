import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/**
 * `npm run budget`, after a build: how much a browser fetches, in Brotli as over https, and whether that is within what was agreed.
 * The first screen is the shell with the messages and one language. Kilobytes are 1,000 bytes.
 */
const limitsKb = { firstScript: 195, firstStyle: 16, firstVisit: 350, composer: 100, other: 180 }

/** Parts that are fetched apart but belong to the first screen. */
const firstScreen = ['src/core/i18n/messages-zh-cn.ts']
/** What a first visit that opens a conversation fetches by itself after that, in one language. Without one it is 100 KB less. */
const firstVisit = [
  'src/app/Overlays.tsx',
  'src/app/shell/Menus.tsx',
  'src/features/messages/composer/editor/RichEditor.tsx',
]
const composer = /features\/messages\/composer\//

interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  isDynamicEntry?: boolean
  imports?: string[]
  css?: string[]
}

const folder = resolve(import.meta.dirname, '../../src/bilin/app/static')
const chunks = JSON.parse(readFileSync(resolve(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

const entries = Object.keys(chunks).filter(key => chunks[key]?.isEntry)
const missing = [...firstScreen, ...firstVisit].filter(key => !chunks[key])
if (missing.length > 0) fail(`not in the build as a part of its own: ${missing.join(', ')}`)

const first = filesOf([...entries, ...firstScreen])
check('first screen, script', sizeKb(first.scripts), limitsKb.firstScript)
check('first screen, style', sizeKb(first.styles), limitsKb.firstStyle)
const visit = filesOf([...entries, ...firstScreen, ...firstVisit])
check('first visit, script and style', sizeKb([...visit.scripts, ...visit.styles]), limitsKb.firstVisit)

for (const key of Object.keys(chunks).filter(key => chunks[key]?.isDynamicEntry && !firstScreen.includes(key))) {
  const later = filesOf([key])
  const added = [...later.scripts].filter(file => !first.scripts.has(file))
  check(key, sizeKb(added), composer.test(key) ? limitsKb.composer : limitsKb.other)
}

/** What a browser fetches for these parts, with all they need at once. */
function filesOf(keys: string[]): { scripts: Set<string>; styles: Set<string> } {
  const seen = new Set<string>()
  const visit = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const needed of chunks[key]?.imports ?? []) visit(needed)
  }
  for (const key of keys) visit(key)
  const parts = [...seen].flatMap(key => chunks[key] ?? [])
  const scripts = parts.map(part => part.file).filter(file => file.endsWith('.js'))
  return { scripts: new Set(scripts), styles: new Set(parts.flatMap(part => part.css ?? [])) }
}

function sizeKb(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += brotliCompressSync(readFileSync(resolve(folder, file))).length
  return bytes / 1000
}

function check(name: string, kb: number, limitKb: number): void {
  const line = `${kb.toFixed(1).padStart(7)} of ${limitKb} KB  ${name}`
  if (kb > limitKb) fail(line)
  else console.log(`ok   ${line}`)
}

function fail(line: string): void {
  console.error(`FAIL ${line}`)
  process.exitCode = 1
}
