import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The house rules of the client: imports go app → features → log → core → ui → characters and never up; a feature imports another
 * only through its index.ts; what is for tests is imported by tests, and those of the log know the slices of all features; no file is
 * longer than 400 lines; raw colours stand only in tokens.css.
 */
const root = resolve(import.meta.dirname, '../src')
const layers = ['characters', 'ui', 'core', 'log', 'features', 'app']
const forTests = /(\.test\.tsx?|(^|\/)testing(\/|\.ts)|\/model(\.ts)?)$|\/testing\//
const maxLines = 400

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => /\.(tsx?|css)$/.test(file))
const written = files.filter(file => !file.includes('.gen.') && file !== 'core/api/generated.ts')
const sources = written.filter(file => /\.tsx?$/.test(file))

describe('imports', () => {
  test.each(sources)('%s imports only what lies below it', file => {
    expect(importsOf(file).flatMap(target => fault(file, target))).toEqual([])
  })

  test('the rules refuse what they should', () => {
    expect(fault('ui/Button/Button.tsx', 'core/i18n/index.ts')).toHaveLength(1)
    expect(fault('characters/characters.ts', 'ui')).toHaveLength(1)
    expect(fault('core/time/list-time.ts', 'features/messages')).toHaveLength(1)
    expect(fault('log/live/follow.ts', 'features/messages')).toHaveLength(1)
    expect(fault('log/live/follow.ts', 'log/testing/visit.ts')).toHaveLength(1)
    expect(fault('log/testing/models.ts', 'features/messages/read/model.ts')).toEqual([])
    expect(fault('features/contacts/People.tsx', 'features/messages/read/read-marks')).toHaveLength(1)
    expect(fault('features/contacts/People.tsx', 'app/rail')).toHaveLength(1)
    expect(fault('features/contacts/People.tsx', 'features/messages')).toEqual([])
    expect(fault('features/contacts/People.tsx', 'features/contacts/tree/Tree')).toEqual([])
    expect(fault('app/router.tsx', 'ui')).toEqual([])
  })
})

describe('words', () => {
  test('those that come with the administration or the settings are shown by nothing that comes first', () => {
    const first = new Set(['app/main.tsx', ...foundByItself].flatMap(file => [...comingFirst(file)]))
    expect(first.size).toBeGreaterThan(200)
    const shows = [...first].filter(
      file =>
        /^features\/(administration|organisation|policies|set-up|settings)\//.test(file) &&
        /@lingui\/\w+\/macro/.test(read(file)),
    )
    const inPlaces = ['administration', 'settings'].flatMap(name =>
      ['feature.ts', 'routes.ts'].map(it => `features/${name}/${it}`),
    )
    expect(shows.sort()).toEqual([...inPlaces, 'features/set-up/routes.ts'].sort())
  })
})

describe('files', () => {
  test.each(written)('%s is at most 400 lines', file => {
    expect(read(file).split('\n').length).toBeLessThanOrEqual(maxLines + 1)
  })

  test.each(files.filter(file => file.endsWith('.css') && file !== 'ui/tokens.css'))(
    '%s uses tokens for colours',
    file => {
      expect(read(file).match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi) ?? []).toEqual([])
    },
  )
})

/** What `app/features.ts` and `app/slices.ts` find. */
const foundByItself = sources.filter(file => /^features\/.*\/(feature|slice)\.ts$/.test(file))

/** All that is fetched at once with a file. */
function comingFirst(file: string, found = new Set<string>()): Set<string> {
  const places = [file, `${file}.ts`, `${file}.tsx`, `${file}/index.ts`, `${file}/index.tsx`]
  const place = places.find(each => sources.includes(each))
  if (place === undefined || found.has(place)) return found
  found.add(place)
  for (const target of importsOf(place, /(?:from|import)\s*['"]([^'"]+)['"]/g)) comingFirst(target, found)
  return found
}

/** Paths under src/ that a file imports, statically or not. */
function importsOf(file: string, imports = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g): string[] {
  const specifiers = [...read(file).matchAll(imports)].map(match => match[1] ?? '')
  return specifiers.flatMap(specifier => {
    if (specifier.startsWith('@/')) return [specifier.slice(2)]
    if (specifier.startsWith('.')) return [relative(root, join(root, dirname(file), specifier))]
    return []
  })
}

function fault(file: string, target: string): string[] {
  const [from = '', fromFeature] = file.split('/')
  const [to = '', toFeature, ...inside] = target.split('/')
  const isTest = forTests.test(file)
  if (from === 'log' && isTest) return []
  if (forTests.test(target) && !isTest) return [`${target} is for tests`]
  const up = layers.indexOf(to) > layers.indexOf(from)
  const pastTheDoor =
    to === 'features' && fromFeature !== toFeature && inside.length > 0 && inside.join('/') !== 'index'
  const sideways = from === 'features' && to === 'features' && pastTheDoor
  const fromApp = from === 'app' && pastTheDoor
  if (up) return [`${from} must not import ${to}: ${target}`]
  if (sideways || fromApp) return [`import features/${toFeature} through its index.ts, not ${target}`]
  return []
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
