import type { Ref, RefObject } from 'react'

/** For an element that two want to know: who draws it, and who asked for it to be drawn. */
export function attachRef<E extends HTMLElement>(
  own: RefObject<E | null>,
  given: Ref<E> | undefined,
  element: E | null,
): void {
  own.current = element
  if (typeof given === 'function') given(element)
  else if (given) given.current = element
}
