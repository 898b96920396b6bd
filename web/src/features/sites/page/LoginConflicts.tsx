import { Trans } from '@lingui/react/macro'
import type { AnswerOf } from '@/core/api'
import { useListOf } from '@/core/i18n'
import { useNameOf, usePeopleWanted } from '@/log'
import { Banner } from '@/ui'

type Conflict = AnswerOf<'GET /sites/status'>['login_conflicts'][number]

/** Logins that two sites gave while they were cut off from each other: all but the first must get another one. */
export function LoginConflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  return (
    <Banner tone="warn">
      {conflicts.map(conflict => (
        <Line key={conflict.login} conflict={conflict} />
      ))}
    </Banner>
  )
}

function Line({ conflict: { login, people } }: { conflict: Conflict }) {
  const nameOf = useNameOf()
  usePeopleWanted(people)
  const [first = '', ...others] = people.map(nameOf)
  const names = useListOf()(others)
  return (
    <div>
      <Trans>
        The login “{login}” was given twice while a line was cut: {first} keeps it, give another one to {names}
      </Trans>
    </div>
  )
}
