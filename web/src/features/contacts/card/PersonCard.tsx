import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Building2, Mail, MessageCircle, Network, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PersonCard as Card, Id, Person } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { Avatar, Banner, Button, classes, Delayed, Skeleton, Tag } from '@/ui'
import { pathOf } from '../org/org-tree'
import { personQuery, unitsQuery } from '../org/queries'
import { SecondName } from '../org/SecondName'
import styles from './card.module.css'
import { useStartConversation } from './useStartConversation'

export interface PersonCardProps {
  id: Id
  /** What is known already, shown until the rest is there. */
  known?: Person
  /** compact: in a hover card. full: in a panel. */
  size?: 'compact' | 'full'
  /** Buttons beside "Message". */
  actions?: ReactNode
  /** One is in the conversation with them already. */
  isOpen?: boolean
}

/** Who somebody is and how to reach them. */
export function PersonCard({ id, known, size = 'full', actions, isOpen }: PersonCardProps) {
  const { data, error } = useQuery(personQuery(id))
  const text = useProblemText()
  const person = data ?? known
  if (error && !person) return <Banner tone="danger">{text(error)}</Banner>
  return (
    <div className={classes(styles.card, styles[size])}>
      <Head id={id} person={person} size={size} />
      {data ? <Facts card={data} /> : error ? <Banner tone="warn">{text(error)}</Banner> : <FactsSkeleton />}
      <div className={styles.actions}>
        {!isOpen && <MessageButton id={id} active={person?.active ?? false} />}
        {actions}
      </div>
    </div>
  )
}

function Head({ id, person, size }: { id: Id; person?: Person; size: 'compact' | 'full' }) {
  const { data: tree } = useQuery(unitsQuery)
  const branch = person && tree?.units.get(person.branch)
  return (
    <div className={styles.head}>
      <Avatar id={id} name={person?.name ?? ''} size={size === 'full' ? 64 : 48} />
      <div className={styles.names}>
        <h2 className={styles.name}>
          {person?.name ?? <Skeleton width={80} height={16} />}
          <SecondName person={person} />
          {person && !person.active && (
            <Tag tone="neutral">
              <Trans>Has left</Trans>
            </Tag>
          )}
        </h2>
        <p className={styles.title}>{person?.title}</p>
        {branch && <Tag>{branch.name}</Tag>}
      </div>
    </div>
  )
}

/** A phone hidden by policy comes masked from the server; such a one is not a link. */
function Facts({ card }: { card: Card }) {
  const { t } = useLingui()
  const callable = /^[+\d][\d\s()-]*$/.test(card.phone)
  return (
    <dl className={styles.facts}>
      {card.phone && (
        <Fact icon={<Phone />} label={t`Phone`}>
          {callable ? <a href={`tel:${card.phone.replace(/[\s()-]/g, '')}`}>{card.phone}</a> : card.phone}
        </Fact>
      )}
      {card.email && (
        <Fact icon={<Mail />} label={t`Email`}>
          <a href={`mailto:${card.email}`}>{card.email}</a>
        </Fact>
      )}
      {card.units.map(({ unit, title, main }) => (
        <Fact key={unit} icon={main ? <Network /> : <Building2 />} label={main ? t`Department` : t`Also in`}>
          <UnitPath unit={unit} />
          {!main && title && <span className={styles.post}>{title}</span>}
        </Fact>
      ))}
    </dl>
  )
}

function Fact({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>
        {icon}
        <span>{label}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

function UnitPath({ unit }: { unit: Id }) {
  const { data: tree } = useQuery(unitsQuery)
  if (!tree) return <Skeleton width={120} />
  const path = pathOf(tree, unit)
  return <>{(path.length > 1 ? path.slice(1) : path).map(({ name }) => name).join(' / ')}</>
}

function FactsSkeleton() {
  return (
    <div className={styles.facts}>
      <Delayed>
        <Skeleton width={140} />
        <Skeleton width={180} />
        <Skeleton width={160} />
      </Delayed>
    </div>
  )
}

function MessageButton({ id, active }: { id: Id; active: boolean }) {
  const me = useMe()
  const start = useStartConversation()
  if (!active || id === me.person.id) return null
  return (
    <Button variant="primary" icon={<MessageCircle />} busy={start.isPending} onClick={() => start.mutate(id)}>
      <Trans>Message</Trans>
    </Button>
  )
}
