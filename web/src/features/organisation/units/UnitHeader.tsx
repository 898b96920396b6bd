import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, FolderInput, MapPinHouse, Pencil, Plus, Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/core/api'
import { useMe } from '@/core/session'
import { useHasOtherSites } from '@/core/sites'
import { homesQuery, type OrgTree, pathOf, sitesQuery, type UnitNode } from '@/features/contacts'
import { Button, IconButton, Menu, MenuItem, MenuSeparator, Tag } from '@/ui'
import { HomeDialog } from '../homes/HomeDialog'
import { PersonDialog } from '../people/PersonDialog'
import styles from '../people/people.module.css'
import { mayOver } from '../scope'
import { MoveUnitDialog } from './MoveUnitDialog'
import { RemoveUnitDialog } from './RemoveUnitDialog'
import { UnitDialog } from './UnitDialog'
import { useKindLabel } from './useKindLabel'

export interface UnitHeaderProps {
  tree: OrgTree
  node: UnitNode
  /** The tops of what I manage. */
  tops: readonly UnitNode[]
  onSelect: (unit: Id) => void
}

type Opened = 'person' | 'add' | 'change' | 'move' | 'home' | 'remove'

/** The chosen unit and what can be done with it. */
export function UnitHeader({ tree, node, tops, onSelect }: UnitHeaderProps) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const { unit } = node
  return (
    <header className={styles.unit}>
      <UnitNames tree={tree} node={node} />
      <Button variant="primary" icon={<UserPlus />} onClick={() => setOpened('person')}>
        <Trans>Add person</Trans>
      </Button>
      <Button icon={<Plus />} onClick={() => setOpened('add')}>
        <Trans>Add unit</Trans>
      </Button>
      <UnitMenu tree={tree} node={node} onOpen={setOpened} />
      {opened === 'person' && <PersonDialog tree={tree} tops={tops} unit={unit.id} onClose={close} />}
      {opened === 'add' && <UnitDialog parent={unit} onClose={close} onAdded={onSelect} />}
      {opened === 'change' && <UnitDialog unit={unit} onClose={close} />}
      {opened === 'move' && <MoveUnitDialog tree={tree} tops={tops} unit={unit} onClose={close} />}
      {opened === 'home' && <HomeDialog tree={tree} unit={unit} onClose={close} />}
      {opened === 'remove' && (
        <RemoveUnitDialog unit={unit} onClose={close} onRemoved={() => unit.parent !== null && onSelect(unit.parent)} />
      )}
    </header>
  )
}

function UnitNames({ tree, node }: { tree: OrgTree; node: UnitNode }) {
  const kindLabel = useKindLabel()
  const above = pathOf(tree, node.id).slice(0, -1)
  return (
    <div className={styles.unitNames}>
      <h3 className={styles.unitName}>
        {node.unit.name}
        <Tag tone="neutral">{kindLabel(node.unit.kind)}</Tag>
      </h3>
      <p className={styles.path}>
        {above.length > 0 && `${above.map(({ name }) => name).join(' / ')} · `}
        <Plural value={node.unit.people} one="# person" other="# people" />
        <HomeName unit={node.id} />
      </p>
    </div>
  )
}

/** Where its people work, in a company of several sites. */
function HomeName({ unit }: { unit: Id }) {
  const enabled = useHasOtherSites()
  const { data: homes } = useQuery({ ...homesQuery, enabled })
  const { data: list } = useQuery({ ...sitesQuery, enabled })
  const name = list?.sites.find(({ number }) => number === homes?.siteOf.get(unit))?.name
  if (!enabled || !name) return null
  return (
    <>
      {' · '}
      <Trans>home: {name}</Trans>
    </>
  )
}

interface UnitMenuProps {
  tree: OrgTree
  node: UnitNode
  onOpen: (opened: Opened) => void
}

/** The company itself can only be renamed; removing is offered where it can succeed. */
function UnitMenu({ tree, node, onOpen }: UnitMenuProps) {
  const { t } = useLingui()
  const me = useMe()
  const hasHomes = useHasOtherSites() && mayOver(tree, me, 'sites.manage', node.id)
  const isCompany = node.unit.parent === null
  const isEmpty = node.children.length === 0 && node.unit.people === 0
  return (
    <Menu trigger={<IconButton icon={<Ellipsis />} label={t`More about this unit`} />} align="end">
      <MenuItem icon={<Pencil />} onClick={() => onOpen('change')}>
        <Trans>Rename or change</Trans>
      </MenuItem>
      <MenuItem icon={<FolderInput />} disabled={isCompany} onClick={() => onOpen('move')}>
        <Trans>Move elsewhere</Trans>
      </MenuItem>
      {hasHomes && (
        <MenuItem icon={<MapPinHouse />} onClick={() => onOpen('home')}>
          <Trans>Home site and policy</Trans>
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} danger disabled={isCompany || !isEmpty} onClick={() => onOpen('remove')}>
        {isEmpty || isCompany ? <Trans>Remove</Trans> : <Trans>Remove (only when empty)</Trans>}
      </MenuItem>
    </Menu>
  )
}
