import { Trans, useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from '@/core/keys'
import { rememberSearch } from '../recent'
import { useSearch } from '../useSearch'
import { Facets } from './Facets'
import { Filters } from './Filters'
import { Preview } from './Preview'
import { Results } from './Results'
import { SearchBox } from './SearchBox'
import { Start } from './Start'
import styles from './search.module.css'

const route = getRouteApi('/shell/search')

/** The search: a box, filters as buttons, what was found, and beside it what was said around it. */
export function SearchPage() {
  const { t } = useLingui()
  const { q: address = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [query, setQuery] = useState(address)
  const [chosen, setChosen] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  const search = useSearch(query)

  // Back and forward, a link, and Ctrl+F elsewhere bring another query.
  useEffect(() => {
    setQuery(now => (now.trim() === address.trim() ? now : address))
    box.current?.focus()
  }, [address])
  const change = (next: string) => {
    setQuery(next)
    setChosen(0)
    void navigate({ search: { q: next || undefined }, replace: true })
  }
  const move = (by: number) => setChosen(now => Math.max(0, Math.min(search.hits.length - 1, now + by)))
  useShortcuts([
    {
      keys: 'Ctrl+F',
      label: t`Go to the search box`,
      group: t`Search`,
      run: () => box.current?.select(),
    },
  ])
  const count = search.hits.length
  const hit = search.hits[Math.min(chosen, search.hits.length - 1)]

  return (
    <section className={styles.page} aria-label={t`Search`}>
      <header className={styles.head}>
        <SearchBox ref={box} query={query} onChange={change} onMove={move} />
        <Filters query={query} search={search} onChange={change} />
      </header>
      <div className={styles.body}>
        <Facets query={query} search={search} onChange={change} />
        {query.trim() ? (
          <Results
            query={query}
            search={search}
            chosen={hit?.id}
            onChoose={id => {
              rememberSearch(query)
              setChosen(search.hits.findIndex(each => each.id === id))
            }}
          />
        ) : (
          <Start onSearch={change} />
        )}
        {hit && (
          <Preview
            hit={hit}
            place={search.hits.indexOf(hit)}
            of={search.hits.length}
            isMore={search.more !== null}
            onMove={move}
          />
        )}
      </div>
      <p className={styles.status} role="status">
        {search.first && !search.waiting && <Trans>{count} messages found</Trans>}
      </p>
    </section>
  )
}
