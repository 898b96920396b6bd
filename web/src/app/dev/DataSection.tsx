import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Avatar, SplitPane, Table, Tag, Tree } from '@/ui'
import styles from './Gallery.module.css'
import { Section } from './Section'
import { people, units } from './samples'

export function DataSection() {
  const { t } = useLingui()
  const [open, setOpen] = useState(new Set(['company', 'east']))
  const [unit, setUnit] = useState('east')
  return (
    <Section title={t`Data`} wide>
      <div className={styles.split}>
        <SplitPane
          name="gallery"
          defaultSize={240}
          min={200}
          max={360}
          handleLabel={t`Width of the list`}
          pane={
            <div className={styles.splitPane}>
              <Tree
                label={t`Organisation`}
                nodes={units}
                open={open}
                onOpenChange={setOpen}
                selected={unit}
                onSelect={node => setUnit(node.id)}
                renderNode={node => node.name}
                renderEnd={node => node.people}
              />
            </div>
          }
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
          <section className={styles.page} aria-label={t`People`} tabIndex={0}>
            <PeopleTable />
          </section>
        </SplitPane>
      </div>
    </Section>
  )
}

function PeopleTable() {
  const { t } = useLingui()
  return (
    <Table
      label={t`People`}
      rows={people}
      rowKey={person => person.id}
      columns={[
        {
          key: 'name',
          title: t`Name`,
          cell: person => (
            <span className={styles.name2}>
              <Avatar id={person.id} name={person.name} size={28} />
              {person.name}
            </span>
          ),
        },
        { key: 'unit', title: t`Branch`, cell: () => <Tag>华东分公司</Tag>, wide: true },
        { key: 'floor', title: t`Messages`, cell: person => Number(person.id) * 128, align: 'end', width: '120px' },
      ]}
    />
  )
}
