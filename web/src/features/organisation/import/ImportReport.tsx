import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ImportOutcome } from '@/core/api'
import { useListOf } from '@/core/i18n'
import { useProblemText, useReasonText } from '@/core/problems'
import { Banner, Button, type Column, Progress, Table } from '@/ui'
import { badRowText } from './bad-row-text'
import { Changes } from './Changes'
import { Figures } from './Figures'
import { FileDrop } from './FileDrop'
import styles from './import.module.css'

export interface ImportReportProps {
  file: File
  outcome: ImportOutcome
  busy: boolean
  error: unknown
  onImport: (skipBadRows: boolean) => void
  /** The file was corrected and is chosen again. */
  onFile: (file: File) => void
  onCancel: () => void
}

/** What an import would do, and which rows stand in its way. */
export function ImportReport({ file, outcome, busy, error, onImport, onFile, onCancel }: ImportReportProps) {
  const { t } = useLingui()
  const text = useProblemText()
  const bad = outcome.bad_rows.length
  const changes = changeCount(outcome)
  return (
    <div className={styles.section}>
      <h3 className={styles.file}>{file.name}</h3>
      <Figures outcome={outcome} />
      <Notices outcome={outcome} />
      {bad > 0 && <BadRows outcome={outcome} onFile={onFile} />}
      {bad === 0 && changes > 0 && (
        <Banner tone="ok">
          <Trans>Every row can be imported. Nothing has been changed yet.</Trans>
        </Banner>
      )}
      {changes === 0 && (
        <Banner>
          <Trans>Everything in this file is there already: there is nothing to import.</Trans>
        </Banner>
      )}
      <Changes changes={outcome.changes} />
      {error !== null && <Banner tone="danger">{text(error)}</Banner>}
      {busy && <Progress value={null} label={t`Importing`} />}
      <div className={styles.buttons}>
        <Button onClick={onCancel} disabled={busy}>
          <Trans>Cancel</Trans>
        </Button>
        <Button variant="primary" busy={busy} disabled={changes === 0} onClick={() => onImport(bad > 0)}>
          {bad > 0 ? <Trans>Import without the bad rows</Trans> : <Trans>Import now</Trans>}
        </Button>
      </div>
    </div>
  )
}

/** What was not read from the file, and which rows look as if a spreadsheet had changed them. */
function Notices({ outcome: { passed_over, warnings } }: { outcome: ImportOutcome }) {
  const { i18n } = useLingui()
  const reasonText = useReasonText()
  const columns = useListOf()(passed_over)
  return (
    <>
      {columns && (
        <Banner>
          <Trans>Nothing is read from these columns: {columns}</Trans>
        </Banner>
      )}
      {warnings.length > 0 && (
        <Banner tone="warn">
          {warnings.map(row => (
            <div key={`${row.line} ${row.code}`}>
              <WarnedRow line={row.line} reason={badRowText(i18n, reasonText, row)} />
            </div>
          ))}
        </Banner>
      )}
    </>
  )
}

function WarnedRow({ line, reason }: { line: number; reason: string }) {
  return (
    <Trans>
      Line {line}: {reason}
    </Trans>
  )
}

function changeCount(outcome: ImportOutcome): number {
  return outcome.units_added + outcome.units_changed + outcome.people_added + outcome.people_changed
}

function BadRows({ outcome, onFile }: { outcome: ImportOutcome; onFile: (file: File) => void }) {
  const { t, i18n } = useLingui()
  const reasonText = useReasonText()
  const columns: Column<ImportOutcome['bad_rows'][number]>[] = [
    { key: 'line', title: <Trans>Line</Trans>, width: '72px', align: 'end', cell: row => row.line },
    { key: 'reason', title: <Trans>Reason</Trans>, cell: row => badRowText(i18n, reasonText, row) },
  ]
  return (
    <>
      <Banner tone="warn">
        <Plural
          value={outcome.bad_rows.length}
          one="# row cannot be imported. Correct it and choose the file again, or import the others."
          other="# rows cannot be imported. Correct them and choose the file again, or import the others."
        />
      </Banner>
      <FileDrop onFile={onFile} />
      <Table
        label={t`Rows that cannot be imported`}
        columns={columns}
        rows={outcome.bad_rows}
        rowKey={row => `${row.line} ${row.reason}`}
      />
    </>
  )
}
