import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { FileUp, KeyRound, Network, Server, ShieldX } from 'lucide-react'
import { type ComponentType, Suspense } from 'react'
import type { Me, Permission } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { type OrgTree, unitsQuery } from '@/features/contacts'
import { SitesSection } from '@/features/sites'
import { Button, Empty, MenuPage, Tag } from '@/ui'
import { ImportSection } from '../import/ImportSection'
import { PeopleSection } from '../people/PeopleSection'
import { RolesSection } from '../roles/RolesSection'
import { mayOrganise, topsOf } from '../scope'

export interface SectionProps {
  tree: OrgTree
}

const sections = {
  people: PeopleSection,
  roles: RolesSection,
  import: ImportSection,
  sites: SitesSection,
} satisfies Record<string, ComponentType<SectionProps>>

type SectionId = keyof typeof sections

const needs: Record<SectionId, Permission> = {
  people: 'org.manage',
  roles: 'identity.grant',
  import: 'org.manage',
  sites: 'sites.manage',
}

export function OrganisationPage() {
  const me = useMe()
  const { section } = useParams({ strict: false })
  const { data: tree, error, refetch } = useQuery(unitsQuery)
  const text = useProblemText()
  if (!mayOrganise(me)) return <Empty icon={<ShieldX />} title={<Trans>You have nothing to administer</Trans>} />
  if (error && !tree) {
    return <Empty title={text(error)} action={<Button onClick={() => void refetch()}>{<Trans>Retry</Trans>}</Button>} />
  }
  if (!tree) return null
  const allowed = (Object.keys(sections) as SectionId[]).filter(id => isAllowed(id, tree, me))
  const current = allowed.find(id => id === section) ?? allowed[0]
  return current && <Sections tree={tree} allowed={allowed} current={current} chosen={current === section} />
}

/** An import may touch every unit, and sites are the company's: both are for who manages all of it. */
function isAllowed(id: SectionId, tree: OrgTree, me: Me): boolean {
  const tops = topsOf(tree, me, needs[id])
  return id === 'import' || id === 'sites' ? tops.some(({ unit }) => unit.parent === null) : tops.length > 0
}

interface SectionsProps extends SectionProps {
  allowed: SectionId[]
  current: SectionId
  chosen: boolean
}

function Sections({ tree, allowed, current, chosen }: SectionsProps) {
  const { t } = useLingui()
  const { unit } = useSearch({ strict: false })
  const Section = sections[current]
  const words = {
    people: { icon: <Network />, label: t`Units and people` },
    roles: { icon: <KeyRound />, label: t`Roles` },
    import: { icon: <FileUp />, label: t`Import` },
    sites: { icon: <Server />, label: t`Sites` },
  }
  return (
    <MenuPage
      title={<Trans>Administration</Trans>}
      label={t`Administration`}
      entries={allowed.map(id => ({
        id,
        ...words[id],
        link: (
          <Link
            to="/organisation/$section"
            params={{ section: id }}
            search={{ unit: id === 'roles' ? undefined : unit }}
          />
        ),
      }))}
      current={current}
      chosen={chosen}
      back={<Link to="/organisation" search={{ unit }} aria-label={t`Administration`} />}
      actions={<Scope tree={tree} permission={needs[current]} />}
      width="wide"
    >
      <Suspense>
        <Section tree={tree} />
      </Suspense>
    </MenuPage>
  )
}

/** What I may administer here, always in sight. */
function Scope({ tree, permission }: SectionProps & { permission: Permission }) {
  const { t } = useLingui()
  const me = useMe()
  const tops = topsOf(tree, me, permission)
  return (
    <span title={t`You administer these units and everything below them`}>
      {tops.map(({ id, unit }) => (
        <Tag key={id}>
          {unit.parent === null ? <Trans>{unit.name} and all branches</Trans> : <Trans>{unit.name} and below</Trans>}
        </Tag>
      ))}
    </span>
  )
}
