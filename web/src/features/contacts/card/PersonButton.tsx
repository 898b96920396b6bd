import { useLingui } from '@lingui/react/macro'
import type { ComponentPropsWithRef } from 'react'
import type { Id } from '@/core/api'
import { usePerson } from '@/log'
import { Popover } from '@/ui'
import { PersonCard } from './LaterCard'
import { PersonHoverCard } from './PersonHoverCard'

export interface PersonButtonProps extends ComponentPropsWithRef<'button'> {
  person: Id
}

/** A person's face or name: pointing shows their card, a click opens it beside. */
export function PersonButton(props: PersonButtonProps) {
  const { t } = useLingui()
  const { person } = props
  const known = usePerson(person)
  return (
    <Popover trigger={<Pointed {...props} />} label={t`Person card`} side="right" align="start" flush>
      <PersonCard id={person} known={known} size="compact" />
    </Popover>
  )
}

function Pointed({ person, ...button }: PersonButtonProps) {
  return (
    <PersonHoverCard id={person} known={usePerson(person)}>
      <button type="button" {...button} />
    </PersonHoverCard>
  )
}
