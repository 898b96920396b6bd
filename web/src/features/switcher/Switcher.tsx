import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { shownKeys } from '@/core/keys'
import { CommandPalette, Kbd } from '@/ui'
import styles from './switcher.module.css'
import { useSwitcherResults } from './useSwitcherResults'

export interface SwitcherProps {
  onClose: () => void
}

/**
 * Finds conversations, people and commands by name, pinyin or initials, and goes there. The box is there in the moment of
 * the key; what fits is fetched beside the page, and keys wait for it.
 */
export function Switcher({ onClose }: SwitcherProps) {
  const { t } = useLingui()
  const [query, setQuery] = useState('')
  const returnsFocus = useRef(true)
  const { Results, failed } = useSwitcherResults()
  return (
    <CommandPalette
      onClose={onClose}
      label={t`Search and switch`}
      placeholder={t`Name, pinyin or initials; @ people, # groups, > commands`}
      query={query}
      onQueryChange={setQuery}
      returnsFocus={returnsFocus}
      footer={hasKeyboard() ? <Keys /> : undefined}
    >
      {palette =>
        Results ? (
          <Results palette={palette} onClose={onClose} returnsFocus={returnsFocus} />
        ) : (
          <Waiting id={palette.listId} label={palette.label}>
            {failed ? <Trans>The server cannot be reached. Check your network and try again.</Trans> : null}
          </Waiting>
        )
      }
    </CommandPalette>
  )
}

/** In the place of the list until it is there. */
function Waiting({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div id={id} role="listbox" aria-label={label} aria-busy="true" className={styles.waiting}>
      {children}
    </div>
  )
}

/** A phone has no keys to explain. */
function hasKeyboard(): boolean {
  return matchMedia('(pointer: fine)').matches
}

function Keys() {
  return (
    <span className={styles.keys}>
      <span>
        <Kbd keys="↑↓" /> <Trans>choose</Trans>
      </span>
      <span>
        <Kbd keys="Enter" /> <Trans>open</Trans>
      </span>
      <span>
        <Kbd keys={shownKeys('Ctrl+Enter')} /> <Trans>in a new window</Trans>
      </span>
      <span>
        <Kbd keys="Esc" /> <Trans>close</Trans>
      </span>
    </span>
  )
}
