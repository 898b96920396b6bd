import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const src = resolve(import.meta.dirname, '../../src')

/** Where it is declared what is kept of the log, and where the shapes of the protocol are. */
const keeping = ['log/reducer/state.ts', 'log/saved/saved-log.ts', 'log/message-flags.ts', 'features/**/slice.ts']
const protocol = 'core/api/{types,events,routes,generated}.ts'

/** Events are not kept, but for those few that wait for their message, which are frames of any type. */
const notKept = /^Event/

/**
 * The shape of the copy of the log that a browser keeps between visits: another whenever something that is kept is declared
 * otherwise, in the log, in a slice, or in a shape of the protocol that these name. Nobody has to think of it.
 */
export function savedShape(): string {
  return shapeOf(textsOf(keeping), textsOf([protocol]))
}

/** The shape of all that the server answers: of answers that a browser keeps between visits. */
export function contractShape(): string {
  return hashOf(textsOf([protocol]).map(bare))
}

export function shapeOf(keepers: readonly string[], declarations: readonly string[]): string {
  const kept = keepers.map(bare)
  const named = new Map(declarations.flatMap(declared))
  const reached = new Map<string, string>()
  const queue = [...kept]
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    for (const [name] of text.matchAll(/\b[A-Z]\w*\b/g)) {
      const declaration = named.get(name)
      if (declaration === undefined || reached.has(name) || notKept.test(name)) continue
      reached.set(name, declaration)
      queue.push(declaration)
    }
  }
  const shapes = [...reached].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, declaration]) => declaration)
  return hashOf([...kept, ...shapes])
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16)
}

function textsOf(patterns: string[]): string[] {
  const files = patterns.flatMap(pattern => globSync(pattern, { cwd: src }).sort())
  return files.map(file => readFileSync(join(src, file), 'utf8'))
}

/** The types a file declares, by name. */
function declared(text: string): [string, string][] {
  return bare(text)
    .split(/(?=export (?:interface|type) )/)
    .flatMap(part => {
      const name = part.match(/^export (?:interface|type) (\w+)/)?.[1]
      return name ? [[name, part]] : []
    })
}

/** Without comments, and with single spaces. */
function bare(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/\s+/g, ' ')
}
