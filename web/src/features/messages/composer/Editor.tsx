import { Suspense, useEffect, useRef, useState } from 'react'
import { part } from '@/ui'
import type { EditorProps } from './editor/handle'
import { PlainEditor } from './editor/PlainEditor'

const { Part: RichEditor, load: loadRich } = part(() => import('./editor/RichEditor').then(module => module.RichEditor))
let ready = false

/** Fetch the rich editor ahead of its first use. */
export function preloadEditor(): void {
  loadRich().then(
    () => {
      ready = true
    },
    // Writing goes on in plain text; the next conversation tries again.
    () => undefined,
  )
}

/**
 * The rich editor, or a plain one until it has come. What is written meanwhile goes along (`current` gives it), the
 * focus, too, and nothing is exchanged while an input method is composing.
 */
export function Editor(props: EditorProps & { current: () => EditorProps['initial'] }) {
  const { current, ...rest } = props
  const [rich, setRich] = useState(ready)
  const [composing, setComposing] = useState(false)
  const [comes, setComes] = useState(true)
  const focused = useRef(false)
  useEffect(() => {
    if (rich) return
    let here = true
    loadRich().then(
      () => here && setRich(true),
      () => here && setComes(false),
    )
    return () => {
      here = false
    }
  }, [rich])
  if (!rich || composing)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what happens in the text area
      <div
        onFocus={() => {
          focused.current = true
        }}
        onBlur={() => {
          focused.current = false
        }}
        onCompositionStart={() => setComposing(true)}
        // After the composed text has been reported.
        onCompositionEnd={() => setTimeout(() => setComposing(false))}
      >
        <PlainEditor {...rest} richComes={comes} />
      </div>
    )
  return (
    <Suspense fallback={<PlainEditor {...rest} initial={current()} />}>
      <RichEditor {...rest} autoFocus={rest.autoFocus || focused.current} initial={current()} />
    </Suspense>
  )
}
