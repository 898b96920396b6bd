import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { classes } from '@/ui/classes'
import type { Palette } from './CommandPalette'
import styles from './CommandPalette.module.css'
import type { Press } from './usePresses'

export interface PaletteItem {
  id: string
  content: ReactNode
  /** Shown at the end of the row. */
  end?: ReactNode
}

export interface PaletteGroup<Item extends PaletteItem> {
  id: string
  title?: ReactNode
  items: Item[]
}

export interface PaletteListProps<Item extends PaletteItem> {
  palette: Palette
  groups: PaletteGroup<Item>[]
  /** The text that the groups are for; the box may be ahead of it. */
  answers: string
  /** Nothing better can come for this text: Enter need not wait. */
  settled: boolean
  /** `beside`: chosen with Ctrl. */
  onChoose: (item: Item, beside: boolean) => void
  /** Shown where nothing was found. */
  empty: ReactNode
}

/** What can be chosen in a palette. Keys wait until the list is that of the text in the box. */
export function PaletteList<Item extends PaletteItem>(props: PaletteListProps<Item>) {
  const { palette, groups, answers, settled, onChoose, empty } = props
  const items = groups.flatMap(group => group.items)
  const [pointed, setPointed] = useState({ query: answers, id: '' })
  const active = items.find(({ id }) => pointed.query === answers && pointed.id === id) ?? items[0]
  const optionId = (id: string) => `${palette.listId}-${id}`
  const point = (item: Item | undefined) => setPointed({ query: answers, id: item?.id ?? '' })
  useActiveOption(palette, active && optionId(active.id))
  useAnsweredPresses(palette, answers === palette.query, presses => {
    let now = active
    for (const [index, { key, beside }] of presses.entries()) {
      if (key === 'Enter' && !settled) return presses.slice(0, index)
      if (key === 'Enter') {
        if (now) onChoose(now, beside)
        return presses
      }
      now = neighbour(items, now, key)
      point(now)
    }
    return presses
  })
  // A list box without options is none to a screen reader: that nothing was found is read out instead.
  if (items.length === 0)
    return (
      <div id={palette.listId} className={styles.list} aria-live="polite">
        <div className={styles.empty}>{empty}</div>
      </div>
    )
  return (
    <div id={palette.listId} role="listbox" aria-label={palette.label} className={styles.list}>
      {groups.map(group => (
        <Group key={group.id} group={group} active={active} optionId={optionId} onHover={point} onChoose={onChoose} />
      ))}
    </div>
  )
}

/** Gives the keys that wait to `answer`, which returns those it has answered. */
function useAnsweredPresses(
  palette: Palette,
  current: boolean,
  answer: (presses: readonly Press[]) => readonly Press[],
) {
  const done = useRef(new WeakSet<Press>())
  useLayoutEffect(() => {
    const waiting = palette.presses.filter(press => !done.current.has(press))
    if (!current || waiting.length === 0) return
    const answered = answer(waiting)
    for (const press of answered) done.current.add(press)
    if (answered.length > 0) palette.answered(answered)
  })
}

function useActiveOption({ setActiveOption }: Palette, id: string | undefined): void {
  useLayoutEffect(() => {
    setActiveOption(id)
    return () => setActiveOption(undefined)
  }, [setActiveOption, id])
}

function neighbour<Item>(items: readonly Item[], now: Item | undefined, key: Press['key']): Item | undefined {
  const at = now === undefined ? 0 : items.indexOf(now)
  return items[(at + (key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]
}

interface GroupProps<Item extends PaletteItem> {
  group: PaletteGroup<Item>
  active: Item | undefined
  optionId: (id: string) => string
  onHover: (item: Item) => void
  onChoose: (item: Item, beside: boolean) => void
}

function Group<Item extends PaletteItem>({ group, active, optionId, onHover, onChoose }: GroupProps<Item>) {
  const titleId = useId()
  if (group.items.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is not a part of a listbox
    <div role="group" aria-labelledby={group.title ? titleId : undefined}>
      {group.title && (
        <div id={titleId} className={styles.title}>
          {group.title}
        </div>
      )}
      {group.items.map(item => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the box, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: told by aria-activedescendant
        <div
          key={item.id}
          id={optionId(item.id)}
          ref={item === active ? scrollIntoView : undefined}
          role="option"
          aria-selected={item === active}
          className={classes(styles.item, item === active && styles.active)}
          onMouseMove={() => item !== active && onHover(item)}
          onClick={event => onChoose(item, event.ctrlKey || event.metaKey)}
        >
          <div className={styles.content}>{item.content}</div>
          {item.end}
        </div>
      ))}
    </div>
  )
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
