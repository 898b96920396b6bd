import { Trans, useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Id, Person } from '@/core/api'
import { holdKeys, isComposing, takeFocus } from '@/core/keys'
import { useProblemText } from '@/core/problems'
import { AddPeople, SecondName, usePlace } from '@/features/contacts'
import { Avatar, Button, Checkbox, Input } from '@/ui'
import styles from './picker.module.css'
import { useFoundPeople } from './useFoundPeople'
import { usePickerKeys } from './usePickerKeys'

export interface PeoplePickerProps {
  chosen: readonly Person[]
  onChosen: (people: Person[]) => void
  /** Who cannot be chosen: members already. */
  excluded: ReadonlySet<Id>
  /** One is enough: choosing finishes. */
  single?: boolean
}

/** Chooses colleagues: found by name, pinyin, initials, title or unit, shown with where they work. */
export function PeoplePicker({ chosen, onChosen, excluded, single }: PeoplePickerProps) {
  const { t } = useLingui()
  const [query, setQuery] = useState('')
  const id = useId()
  const found = useFoundPeople(query)
  const offered = found.people.filter(person => !excluded.has(person.id))
  const isChosen = (person: Person) => chosen.some(other => other.id === person.id)
  const toggle = (person: Person) => {
    if (single) onChosen([person])
    else onChosen(isChosen(person) ? chosen.filter(other => other.id !== person.id) : [...chosen, person])
  }
  const find = (next: string) => {
    setQuery(next)
    keys.begin()
  }
  const isCurrent = found.answers === query.trim() && found.settled
  const keys = usePickerKeys(offered, query.trim() !== '', isCurrent, (person, wasTyped) => {
    if (!wasTyped || !isChosen(person)) toggle(person)
    find('')
  })
  const pressed = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Backspace' && !query && chosen.length > 0) onChosen(chosen.slice(0, -1))
    else if (keys.press(event)) event.preventDefault()
  }
  const { active, isWaiting } = keys
  const box = useRef<HTMLInputElement>(null)
  // What is written after an Enter that waits is for the next one.
  useLayoutEffect(() => {
    if (!isWaiting) return
    holdKeys(true)
    const input = box.current
    return () => {
      takeFocus(() => input?.focus())
    }
  }, [isWaiting])
  return (
    <div className={styles.picker}>
      {chosen.length > 0 && !single && <Chosen people={chosen} onRemove={toggle} />}
      <Input
        autoFocus
        ref={box}
        icon={<Search />}
        value={query}
        onValueChange={find}
        onKeyDown={pressed}
        placeholder={t`Name, pinyin, title or department`}
        role="combobox"
        aria-label={t`Find people`}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={offered[active] && `${id}-${active}`}
      />
      <div id={id} role="listbox" aria-label={t`People`} aria-multiselectable={!single} className={styles.found}>
        {offered.map((person, index) => (
          <Option
            key={person.id}
            id={`${id}-${index}`}
            person={person}
            active={index === active}
            chosen={isChosen(person)}
            single={single ?? false}
            onPick={() => toggle(person)}
          />
        ))}
        <State
          empty={offered.length === 0}
          asked={query.trim() !== ''}
          pending={!found.settled}
          error={found.error}
          retry={found.retry}
        />
      </div>
    </div>
  )
}

interface OptionProps {
  id: string
  person: Person
  active: boolean
  chosen: boolean
  single: boolean
  onPick: () => void
}

function Option({ id, person, active, chosen, single, onPick }: OptionProps) {
  const place = usePlace(person)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the box above, which keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={styles.option}
      data-active={active || undefined}
      ref={element => {
        if (active) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={onPick}
    >
      {!single && <Tick chosen={chosen} />}
      <Avatar id={person.id} name={person.name} size={32} />
      <span className={styles.name}>
        {person.name}
        <SecondName person={person} />
      </span>
      <span className={styles.about} title={place}>
        {place}
      </span>
    </div>
  )
}

/** Shows the choice; the line itself is what is pressed. */
function Tick({ chosen }: { chosen: boolean }) {
  return (
    <span aria-hidden="true" inert className={styles.tick}>
      <Checkbox checked={chosen} onCheckedChange={() => undefined} />
    </span>
  )
}

function Chosen({ people, onRemove }: { people: readonly Person[]; onRemove: (person: Person) => void }) {
  const { t } = useLingui()
  return (
    <ul className={styles.chosen} aria-label={t`Chosen`}>
      {people.map(person => (
        <li key={person.id}>
          <Avatar id={person.id} name={person.name} size={20} />
          {person.name}
          <button type="button" aria-label={t`Remove ${person.name}`} onClick={() => onRemove(person)}>
            <X />
          </button>
        </li>
      ))}
    </ul>
  )
}

interface StateProps {
  empty: boolean
  /** Somebody was looked for. */
  asked: boolean
  pending: boolean
  error: unknown
  retry: () => void
}

function State({ empty, asked, pending, error, retry }: StateProps) {
  const text = useProblemText()
  if (!empty) return null
  if (error)
    return (
      <div className={styles.note}>
        <p>{text(error)}</p>
        <Button size="small" onClick={retry}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    )
  return (
    <p className={styles.note}>
      {pending ? (
        <Trans>Loading…</Trans>
      ) : asked ? (
        <Trans>Nobody found</Trans>
      ) : (
        <Trans>Nobody else is here yet.</Trans>
      )}{' '}
      {!pending && !asked && <AddPeople />}
    </p>
  )
}
