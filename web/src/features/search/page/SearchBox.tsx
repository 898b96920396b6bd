import { useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { ChevronLeft, Search, X } from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'
import { IconButton, Input } from '@/ui'
import { rememberSearch } from '../recent'
import styles from './search.module.css'

export interface SearchBoxProps {
  ref: Ref<HTMLInputElement>
  query: string
  onChange: (query: string) => void
  /** To the next hit, or the one before. */
  onMove: (by: number) => void
}

/** Where the query is written; the arrow keys go through what is found. */
export function SearchBox({ ref, query, onChange, onMove }: SearchBoxProps) {
  const { t } = useLingui()
  const router = useRouter()
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') onMove(1)
    else if (event.key === 'ArrowUp') onMove(-1)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) rememberSearch(query)
    else if (event.key === 'Escape' && query) onChange('')
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.boxRow}>
      <span className={styles.back}>
        <IconButton icon={<ChevronLeft />} label={t`Back`} onClick={() => router.history.back()} />
      </span>
      <Input
        ref={ref}
        size="large"
        className={styles.box}
        type="search"
        aria-label={t`Search messages, people, conversations`}
        placeholder={t`Search messages, people, conversations`}
        icon={<Search />}
        value={query}
        maxLength={300}
        onValueChange={onChange}
        onKeyDown={press}
        end={query && <IconButton size="small" icon={<X />} label={t`Clear`} onClick={() => onChange('')} />}
      />
    </div>
  )
}
