import { Trans } from '@lingui/react/macro'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useMemo } from 'react'
import { create } from 'zustand'
import type { Content } from '@/core/api'
import { classes } from '@/ui'
import styles from './blocks.module.css'
import { ContentView } from './ContentView'
import { isLong, linesOf } from './long'

/** What was unfolded stays so while the page lives, wherever one scrolls meanwhile. */
const unfolded = create<{ names: ReadonlySet<string> }>()(() => ({ names: new Set() }))

function setUnfolded(name: string, isOpen: boolean): void {
  const names = new Set(unfolded.getState().names)
  if (isOpen) names.add(name)
  else names.delete(name)
  unfolded.setState({ names })
}

/** What a message says, a long one folded. `name`: the same as long as it is the same message. */
export function Folded({ name, content }: { name: string; content: Content }) {
  const long = useMemo(() => isLong(content), [content])
  return long ? <Long name={name} content={content} /> : <ContentView content={content} />
}

function Long({ name, content }: { name: string; content: Content }) {
  const isOpen = unfolded(({ names }) => names.has(name))
  const lines = useMemo(() => linesOf(content), [content])
  return (
    <>
      {/* Who comes to a link in what is hidden, by the keyboard, sees it. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: nothing to press */}
      <div className={classes(!isOpen && styles.folded)} onFocus={() => setUnfolded(name, true)}>
        <ContentView content={content} />
      </div>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        onClick={() => setUnfolded(name, !isOpen)}
        data-uncopied=""
      >
        {isOpen ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        {isOpen ? <Trans>Show less</Trans> : <Trans>Show all ({lines} lines)</Trans>}
      </button>
    </>
  )
}
