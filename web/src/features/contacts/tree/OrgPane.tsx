import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import type { Id } from '@/core/api'
import { isComposing } from '@/core/keys'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Delayed, IconButton, Input, Select, Skeleton } from '@/ui'
import { branchesOf, nodeOf, type OrgTree, type UnitNode } from '../org/org-tree'
import { unitsQuery } from '../org/queries'
import styles from '../page/contacts.module.css'
import { UnitTree } from './UnitTree'

export interface OrgPaneProps {
  branch?: Id
  onBranch: (branch: Id | undefined) => void
  selected?: Id
  onSelect: (unit: Id) => void
  query: string
  onQuery: (query: string) => void
}

/** Search, branch switch and the tree of units. */
export function OrgPane({ branch, onBranch, selected, onSelect, query, onQuery }: OrgPaneProps) {
  const { data: tree, error, refetch } = useQuery(unitsQuery)
  return (
    <section className={styles.org}>
      <h1 className={styles.title}>
        <Trans>Contacts</Trans>
      </h1>
      <SearchInput query={query} onQuery={onQuery} />
      {tree && <BranchSwitch tree={tree} branch={branch} onBranch={onBranch} />}
      <div className={styles.tree}>
        {tree && (
          <UnitTree
            tree={tree}
            roots={branch ? rootsOf(tree, branch) : undefined}
            selected={selected}
            onSelect={onSelect}
          />
        )}
        {!tree && !error && <TreeSkeleton />}
        {error && !tree && <TreeProblem error={error} onRetry={() => void refetch()} />}
      </div>
    </section>
  )
}

function rootsOf(tree: OrgTree, branch: Id): UnitNode[] {
  const node = nodeOf(tree, branch)
  return node ? [node] : tree.roots
}

function SearchInput({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const { t } = useLingui()
  return (
    <search className={styles.search}>
      <Input
        icon={<Search />}
        aria-label={t`Search people`}
        placeholder={t`Name, pinyin or title`}
        value={query}
        onValueChange={onQuery}
        onKeyDown={event => {
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Escape') onQuery('')
          if (event.key === 'ArrowDown' && focusFirstPerson()) event.preventDefault()
        }}
        end={query && <IconButton size="small" icon={<X />} label={t`Clear`} onClick={() => onQuery('')} />}
      />
    </search>
  )
}

/** From the search the arrows lead into what was found. */
function focusFirstPerson(): boolean {
  const first = document.querySelector<HTMLElement>('[data-person]')
  first?.focus()
  return first !== null
}

/** Only where there is something to switch between. */
function BranchSwitch({ tree, branch, onBranch }: { tree: OrgTree } & Pick<OrgPaneProps, 'branch' | 'onBranch'>) {
  const { t } = useLingui()
  const branches = branchesOf(tree).filter(unit => unit.kind === 'branch')
  if (branches.length === 0) return null
  const all = 'all'
  return (
    <div className={styles.branch}>
      <Select
        aria-label={t`Branch`}
        value={branch ?? all}
        onValueChange={value => onBranch(value === all ? undefined : value)}
        options={[
          { value: all, label: t`All branches` },
          ...branches.map(unit => ({ value: unit.id, label: unit.name })),
        ]}
      />
    </div>
  )
}

function TreeSkeleton() {
  return (
    <Delayed>
      {[120, 160, 140, 180, 130, 150].map((width, index) => (
        <div key={width} className={styles.treeSkeleton} style={{ paddingLeft: index === 0 ? 12 : 28 }}>
          <Skeleton width={width} />
        </div>
      ))}
    </Delayed>
  )
}

function TreeProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const text = useProblemText()
  return (
    <Banner
      tone="danger"
      action={
        <Button size="small" onClick={onRetry}>
          <Trans>Retry</Trans>
        </Button>
      }
    >
      {text(error)}
    </Banner>
  )
}
