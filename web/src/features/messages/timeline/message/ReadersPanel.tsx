import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Id, type Message, request } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { usePeopleWanted } from '@/log'
import { Button, Delayed, Skeleton, TabPanel, Tabs } from '@/ui'
import { PersonLine } from '../../people/PersonLine'
import styles from './message.module.css'

type Tab = 'read' | 'unread'

/** Who has read a message of mine and who has not, asked when it is opened. */
export function ReadersPanel({ message }: { message: Message }) {
  const { t } = useLingui()
  const text = useProblemText()
  const [tab, setTab] = useState<Tab>('unread')
  const path = { conversation: message.conversation, message: message.id }
  const { data, error, refetch } = useQuery({
    queryKey: ['messages', 'readers', message.id],
    queryFn: ({ signal }) =>
      request('GET /conversations/{conversation}/messages/{message}/readers', { path }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  if (error)
    return (
      <div className={styles.readersNote}>
        <p>{text(error)}</p>
        <Button size="small" onClick={() => refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    )
  const tabs = [
    { value: 'unread' as const, label: t`Unread`, count: data?.unread.length },
    { value: 'read' as const, label: t`Read`, count: data?.read.length },
  ]
  return (
    <Tabs className={styles.readers} value={tab} onValueChange={setTab} tabs={tabs} label={t`Readers`}>
      <TabPanel value="unread">
        <People people={data?.unread} />
      </TabPanel>
      <TabPanel value="read">
        <People people={data?.read} />
      </TabPanel>
    </Tabs>
  )
}

function People({ people }: { people?: readonly Id[] }) {
  usePeopleWanted(people ?? none)
  if (!people)
    return (
      <div className={styles.readersNote}>
        <Delayed>
          <Skeleton width={160} />
        </Delayed>
      </div>
    )
  if (people.length === 0)
    return (
      <p className={styles.readersNote}>
        <Trans>Nobody</Trans>
      </p>
    )
  return (
    <ul className={styles.readersList}>
      {people.map(person => (
        <li key={person}>
          <PersonLine id={person} />
        </li>
      ))}
    </ul>
  )
}

const none: Id[] = []
