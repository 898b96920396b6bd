/**
 * Compares the server's own description of its API with what the client believes (src/core/api/routes.ts, types.ts).
 *
 *     npm run api -- openapi.json       the answer of GET /api/openapi.json; `-` reads standard input
 *
 * The client's types are written by hand after docs/developers/protocol.md: in OpenAPI an id has no type and half the answers
 * no shape, so types made from it would know less. This program keeps the two from drifting apart.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Schema {
  properties?: Record<string, unknown>
}

export interface OpenApi {
  paths: Record<string, Record<string, unknown>>
  components: { schemas: Record<string, Schema> }
}

const methods = ['get', 'post', 'put', 'patch', 'delete']
const source = (file: string) => readFileSync(join(import.meta.dirname, '../src/core/api', file), 'utf8')

/** Every difference between the description and the client, worded. */
export function differences(server: OpenApi): string[] {
  return [...routeDifferences(server), ...shapeDifferences(server)]
}

function routeDifferences({ paths }: OpenApi): string[] {
  const offered = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter(method => methods.includes(method))
      .map(method => nameless(`${method.toUpperCase()} ${path.replace(/^\/api/, '')}`)),
  )
  const known = [...source('routes.ts').matchAll(/^ {2}'([A-Z]+ \/[^']*)'/gm)].map(([, route = '']) => nameless(route))
  return [
    ...known.filter(route => !offered.includes(route)).map(route => `the server has no ${route}`),
    ...offered.filter(route => !known.includes(route)).map(route => `the client does not know ${route}`),
  ]
}

/** Names of parameters are nobody's business. */
function nameless(route: string): string {
  return route.replace(/\{[^}]*\}/g, '{}')
}

function shapeDifferences({ components }: OpenApi): string[] {
  return Object.entries(shapesOfClient()).flatMap(([name, fields]) => {
    const properties = components.schemas[name]?.properties
    if (!properties) return []
    const offered = Object.keys(properties)
    return [
      ...fields.filter(field => !offered.includes(field)).map(field => `the server's ${name} has no ${field}`),
      ...offered.filter(field => !fields.includes(field)).map(field => `the client's ${name} lacks ${field}`),
    ]
  })
}

/** The fields of each interface in types.ts, those of what it extends included. */
function shapesOfClient(): Record<string, string[]> {
  const shapes: Record<string, string[]> = {}
  for (const [, name = '', base, body = ''] of source('types.ts').matchAll(
    /^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}/gms,
  )) {
    const own = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => field)
    shapes[name] = [...(base ? (shapes[base] ?? []) : []), ...own]
  }
  return shapes
}

function main(): void {
  const [file = '-'] = process.argv.slice(2)
  const found = differences(JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as OpenApi)
  for (const difference of found) console.error(difference)
  process.exitCode = found.length ? 1 : 0
}

if (import.meta.main) main()
