import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ImportChange } from '@/core/api'
import { Button, type Column, Table, Tag } from '@/ui'
import { columnText, kindText } from './bad-row-text'
import styles from './import.module.css'

const rowsAtOnce = 100

/** Everything an import would change, with what is there now, and who and what is new. */
export function Changes({ changes }: { changes: readonly ImportChange[] }) {
  const { t } = useLingui()
  const [limit, setLimit] = useState(rowsAtOnce)
  const columns: Column<ImportChange>[] = [
    { key: 'name', title: <Trans>Name</Trans>, cell: change => <Named change={change} /> },
    { key: 'fields', title: <Trans>Now → then</Trans>, cell: change => <Fields change={change} /> },
  ]
  if (changes.length === 0) return null
  return (
    <>
      <Table
        label={t`What would change`}
        columns={columns}
        rows={changes.slice(0, limit)}
        rowKey={change => `${change.what} ${change.login || change.name}`}
      />
      {changes.length > limit && (
        <Button onClick={() => setLimit(limit + 5 * rowsAtOnce)}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  )
}

function Fate({ change }: { change: ImportChange }) {
  return change.fate === 'added' ? (
    <Tag tone="ok">
      <Trans>To be added</Trans>
    </Tag>
  ) : (
    <Tag tone="warn">
      <Trans>To be changed</Trans>
    </Tag>
  )
}

function Named({ change }: { change: ImportChange }) {
  return (
    <>
      <Fate change={change} /> {change.name} {change.login && <small className={styles.login}>{change.login}</small>}
    </>
  )
}

function Label({ column }: { column: string }) {
  return (
    <span className={styles.label}>
      <Trans>{column}:</Trans>
    </span>
  )
}

function Fields({ change }: { change: ImportChange }) {
  const { i18n } = useLingui()
  if (change.what === 'person' && change.fate === 'added') return change.unit
  const shown = (field: string, text: string) => (field === 'kind' ? kindText(i18n, text) : text) || '–'
  return change.fields.map(({ field, old, new: next }) => (
    <div key={field}>
      <Label column={columnText(i18n, field)} />
      {change.fate === 'changed' && <del>{shown(field, old)}</del>}
      {change.fate === 'changed' && ' → '}
      <ins className={styles.ins}>{shown(field, next)}</ins>
    </div>
  ))
}
