import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { ShieldX } from 'lucide-react'
import { Suspense } from 'react'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { unitsQuery } from '@/features/contacts'
import type { SectionProps } from '@/features/organisation'
import { Button, Empty, MenuPage } from '@/ui'
import { type AdministrationEntry, entriesFor, groups } from './entries'
import { mayAdminister } from './may-administer'
import { ScopeCard } from './ScopeCard'

/** The menu of what somebody administers at the left, one of its pages beside it. */
export function AdministrationPage() {
  const me = useMe()
  const { section } = useParams({ strict: false })
  const { data: tree, error, refetch } = useQuery(unitsQuery)
  const text = useProblemText()
  if (!mayAdminister(me)) return <Empty icon={<ShieldX />} title={<Trans>You have nothing to administer</Trans>} />
  if (error && !tree) {
    return <Empty title={text(error)} action={<Button onClick={() => void refetch()}>{<Trans>Retry</Trans>}</Button>} />
  }
  if (!tree) return null
  const allowed = entriesFor(tree, me)
  const current = allowed.find(({ id }) => id === section) ?? allowed[0]
  return current && <Sections tree={tree} allowed={allowed} current={current} chosen={current.id === section} />
}

interface SectionsProps extends SectionProps {
  allowed: AdministrationEntry[]
  current: AdministrationEntry
  chosen: boolean
}

function Sections({ tree, allowed, current, chosen }: SectionsProps) {
  const { t, i18n } = useLingui()
  const { unit } = useSearch({ strict: false })
  const { Section } = current
  return (
    <MenuPage
      title={<Trans>Administration</Trans>}
      label={t`Administration`}
      head={<ScopeCard tree={tree} current={current} />}
      entries={allowed.map(({ id, icon: Icon, label, group }) => ({
        id,
        icon: <Icon />,
        label: i18n._(label),
        group: i18n._(groups[group]),
        link: <Link to="/administration/$section" params={{ section: id }} search={{ unit }} />,
      }))}
      current={current.id}
      chosen={chosen}
      back={<Link to="/administration" search={{ unit }} aria-label={t`Administration`} />}
      width="wide"
    >
      <Suspense>
        <Section tree={tree} />
      </Suspense>
    </MenuPage>
  )
}
