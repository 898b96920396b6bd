import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { flagSlices } from '../src/log/message-flags.ts'
import type { Slice } from '../src/log/slice.ts'

const src = join(import.meta.dirname, '../src')

const files = await Promise.all(
  globSync('features/**/slice.ts', { cwd: src }).map(file => import(pathToFileURL(join(src, file)).href)),
)

const found = files.flatMap(file => Object.values<Slice>(file).filter(each => 'rules' in each))

/** What `app/slices.ts` finds, for plain Node. */
export const slices: Slice[] = [...found, ...flagSlices]
