import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Contact, FileUp, MessagesSquare, Network, Palette } from 'lucide-react'
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { useMe } from '@/core/session'
import { unitsQuery } from '@/features/contacts'
import { Empty } from '@/ui'
import styles from './set-up.module.css'

/** For who has no conversation yet: what to do first. Administrators build the company, others find their colleagues. */
export function Welcome() {
  const { person, permissions } = useMe()
  const { data: tree } = useQuery(unitsQuery)
  const managed = permissions.filter(({ permission }) => permission === 'org.manage').map(({ unit }) => unit)
  const manages = managed.length > 0
  const managesAll = tree?.roots.some(({ id }) => managed.includes(id)) ?? false
  return (
    <Empty
      icon={<MessagesSquare />}
      title={<Trans>Welcome, {person.name}</Trans>}
      hint={
        manages ? (
          <Trans>Your company is ready. Bring in your colleagues, then talk with them here.</Trans>
        ) : (
          <Trans>Nothing here yet: find a colleague and say hello.</Trans>
        )
      }
      action={
        <ul className={styles.steps}>
          {managesAll && <ImportStep />}
          {manages && <BuildStep />}
          <Step
            icon={<Contact />}
            link={<Link to="/contacts" />}
            hint={<Trans>Everyone, by branch and department</Trans>}
          >
            <Trans>Open Contacts</Trans>
          </Step>
          <Step
            icon={<Palette />}
            link={<Link to="/settings/$section" params={{ section: 'appearance' }} />}
            hint={<Trans>Light or dark, text size, language</Trans>}
          >
            <Trans>Make it yours</Trans>
          </Step>
        </ul>
      }
    />
  )
}

/** An import may touch every unit: it is for who manages the whole company. */
function ImportStep() {
  return (
    <Step
      icon={<FileUp />}
      link={<Link to="/administration/$section" params={{ section: 'import' }} />}
      hint={<Trans>Units and people from a table of your HR system (CSV)</Trans>}
    >
      <Trans>Import people</Trans>
    </Step>
  )
}

function BuildStep() {
  return (
    <Step
      icon={<Network />}
      link={<Link to="/administration/$section" params={{ section: 'people' }} />}
      hint={<Trans>Add branches, departments and people one by one</Trans>}
    >
      <Trans>Build the organisation</Trans>
    </Step>
  )
}

interface StepProps {
  icon: ReactNode
  link: ReactElement<{ className?: string; children?: ReactNode }>
  hint: ReactNode
  children: ReactNode
}

function Step({ icon, link, hint, children }: StepProps) {
  const content = (
    <>
      {icon}
      <span>
        {children}
        <small>{hint}</small>
      </span>
      <ChevronRight />
    </>
  )
  return <li>{cloneElement(link, { className: styles.step }, content)}</li>
}
