import { useLingui } from '@lingui/react/macro'
import { Pin, Plus, Reply, Send, Smile, Trash2 } from 'lucide-react'
import { Button, IconButton, Kbd } from '@/ui'
import { Row, Section } from './Section'

export function ButtonsSection() {
  const { t } = useLingui()
  return (
    <Section title={t`Buttons`}>
      <Row name="Button">
        <Button variant="primary" icon={<Send />}>
          {t`Send`}
        </Button>
        <Button>{t`Cancel`}</Button>
        <Button variant="ghost">{t`More`}</Button>
        <Button variant="danger-outline">{t`Refuse`}</Button>
        <Button variant="danger">{t`Delete`}</Button>
      </Row>
      <Row name="size">
        <Button size="small" icon={<Plus />}>
          {t`New group`}
        </Button>
        <Button icon={<Plus />}>{t`New group`}</Button>
        <Button size="large" variant="primary">
          {t`Sign in`}
        </Button>
      </Row>
      <Row name="busy, disabled">
        <Button variant="primary" busy>
          {t`Send`}
        </Button>
        <Button variant="primary" disabled>
          {t`Send`}
        </Button>
        <Button disabled>{t`Cancel`}</Button>
      </Row>
      <Row name="IconButton">
        <IconButton icon={<Smile />} label={t`React`} shortcut="E" />
        <IconButton icon={<Reply />} label={t`Reply`} shortcut="R" size="small" />
        <IconButton icon={<Pin />} label={t`Pin`} pressed />
        <IconButton icon={<Trash2 />} label={t`Delete`} danger size="large" />
        <IconButton icon={<Plus />} label={t`New group`} disabled />
      </Row>
      <Row name="Kbd">
        <Kbd keys="Ctrl+K" />
        <Kbd keys="Alt+Shift+↑" />
      </Row>
    </Section>
  )
}
