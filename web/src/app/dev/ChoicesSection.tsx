import { useLingui } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Checkbox, Segmented, Switch, TabPanel, Tabs } from '@/ui'
import styles from './Gallery.module.css'
import { Row, Section } from './Section'

export function ChoicesSection() {
  const { t } = useLingui()
  const [on, setOn] = useState(true)
  const [theme, setTheme] = useState<'light' | 'dark' | 'system'>('light')
  const [filter, setFilter] = useState<'all' | 'unread' | 'mentions'>('all')
  const [tab, setTab] = useState<'chat' | 'files'>('chat')
  return (
    <Section title={t`Choices`}>
      <Row name="Checkbox">
        <Checkbox checked={on} onCheckedChange={setOn} label={t`Remember me`} />
        <Checkbox checked={false} indeterminate onCheckedChange={() => {}} label={t`All`} />
        <Checkbox checked={false} disabled onCheckedChange={() => {}} label={t`Offline`} />
      </Row>
      <Row name="Switch">
        <div className={styles.stretch}>
          <Switch checked={on} onCheckedChange={setOn} label={t`Pin conversation`} />
          <Switch checked={!on} onCheckedChange={next => setOn(!next)} label={t`Mute conversation`} />
        </div>
      </Row>
      <Row name="Segmented">
        <Segmented
          label={t`Theme`}
          value={theme}
          onValueChange={setTheme}
          options={[
            { value: 'light', label: t`Light`, icon: <Sun /> },
            { value: 'dark', label: t`Dark`, icon: <Moon /> },
            { value: 'system', label: t`System`, icon: <Monitor /> },
          ]}
        />
      </Row>
      <Row name="pills">
        <Segmented
          shape="pills"
          label={t`Show`}
          value={filter}
          onValueChange={setFilter}
          options={[
            { value: 'all', label: t`All` },
            { value: 'unread', label: t`Unread` },
            { value: 'mentions', label: t`@Me` },
          ]}
        />
      </Row>
      <Tabs
        label={t`Views`}
        value={tab}
        onValueChange={setTab}
        tabs={[
          { value: 'chat', label: t`Chat` },
          { value: 'files', label: t`Files`, count: 38 },
        ]}
      >
        <TabPanel value="chat">华东区经营周会</TabPanel>
        <TabPanel value="files">2026Q3-华东区经营分析.xlsx</TabPanel>
      </Tabs>
    </Section>
  )
}
