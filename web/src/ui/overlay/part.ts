import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

type Module<Props> = { default: ComponentType<Props> }

/** A part of the program that is fetched on its own. */
export interface Part<Props> {
  Part: LazyExoticComponent<ComponentType<Props>>
  /** Fetches it beforehand. */
  load: () => Promise<unknown>
}

/**
 * Declares a part. React shows what `lazy` fetches a third of a second late, even where it has come long ago: here it is there in the
 * same frame once `load` has fetched it.
 */
export function part<Props>(fetch: () => Promise<ComponentType<Props>>): Part<Props> {
  let there: Module<Props> | null = null
  const load = async () => {
    there = { default: await fetch() }
    return there
  }
  return { Part: lazy(() => (there ? atOnce(there) : load())), load }
}

/** React takes what such a promise brings before it goes on. */
function atOnce<Value>(value: Value): Promise<Value> {
  // biome-ignore lint/suspicious/noThenProperty: a promise that answers in the moment it is asked
  return { then: (take: (value: Value) => void) => take(value) } as Promise<Value>
}
