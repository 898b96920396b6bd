import { Trans, useLingui } from '@lingui/react/macro'
import { Clock, Search } from 'lucide-react'
import { useState } from 'react'
import { Button, Empty } from '@/ui'
import { forgetSearches, recentSearches } from '../recent'
import styles from './search.module.css'

/** Before anything is looked for: what was looked for last, on this device alone, and what can be written. */
export function Start({ onSearch }: { onSearch: (query: string) => void }) {
  const { t } = useLingui()
  const [recent, setRecent] = useState(recentSearches)
  return (
    <div className={styles.hits}>
      {recent.length > 0 && (
        <section className={styles.recent} aria-label={t`Recent searches`}>
          <h2>
            <Trans>Recent searches</Trans>
            <Button
              size="small"
              variant="ghost"
              onClick={() => {
                forgetSearches()
                setRecent([])
              }}
            >
              <Trans>Clear</Trans>
            </Button>
          </h2>
          <ul>
            {recent.map(query => (
              <li key={query}>
                <button type="button" onClick={() => onSearch(query)}>
                  <Clock aria-hidden="true" />
                  {query}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Empty
        icon={<Search />}
        title={<Trans>Search everything you can read</Trans>}
        hint={
          <Trans>
            Any part of a word, a code or a name. Quotes for an exact phrase, a minus for what must not be there, and
            filters such as from:me, in:harbour, has:link, before:2026-11.
          </Trans>
        }
      />
    </div>
  )
}
