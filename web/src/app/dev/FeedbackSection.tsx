import { useLingui } from '@lingui/react/macro'
import { Inbox } from 'lucide-react'
import { Banner, Button, Empty, Progress, Skeleton, toasts } from '@/ui'
import styles from './Gallery.module.css'
import { Row, Section } from './Section'

export function FeedbackSection() {
  const { t } = useLingui()
  return (
    <Section title={t`Feedback`}>
      <Banner action={<Button size="small">{t`Retry`}</Button>}>{t`Another device changed this page`}</Banner>
      <Banner tone="ok">{t`Saved`}</Banner>
      <Banner tone="warn">{t`No connection: messages will be sent once it is back`}</Banner>
      <Banner tone="danger">{t`The file is too large; at most 2 GB`}</Banner>
      <Row name="Toast">
        <Button onClick={() => toasts.show({ title: t`Saved`, tone: 'ok' })}>ok</Button>
        <Button onClick={() => toasts.show({ title: t`Could not send`, tone: 'danger' })}>danger</Button>
        <Button
          onClick={() => toasts.show({ title: t`Message recalled`, action: { label: t`Undo`, onClick: () => {} } })}
        >
          action
        </Button>
      </Row>
      <Row name="Progress">
        <Progress value={0.4} label={t`Uploading`} />
        <Progress value={null} label={t`Uploading`} />
      </Row>
      <Row name="Skeleton">
        <Skeleton shape="circle" width={40} height={40} />
        <div className={styles.card}>
          <Skeleton width="60%" />
          <Skeleton width="30%" />
        </div>
      </Row>
      <Empty
        icon={<Inbox />}
        title={t`No conversations yet`}
        action={<Button variant="primary">{t`New group`}</Button>}
      />
    </Section>
  )
}
