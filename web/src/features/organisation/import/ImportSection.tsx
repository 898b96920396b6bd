import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ImportOutcome, request } from '@/core/api'
import { refetchLive } from '@/log'
import type { SectionProps } from '../scope'
import { ChooseFile } from './ChooseFile'
import { ImportReport } from './ImportReport'
import { ImportResult } from './ImportResult'

/** A file of a whole company is read, checked and hashed. */
const timeoutMs = 15 * 60_000

/** Units and people from a CSV file: choose it, see what would happen line by line, then let it happen. */
export function ImportSection({ tree }: SectionProps) {
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const check = useMutation({ mutationFn: (chosen: File) => send(chosen, { dry_run: true, skip_bad_rows: true }) })
  const run = useMutation({
    mutationFn: ({ chosen, skip }: { chosen: File; skip: boolean }) => send(chosen, { skip_bad_rows: skip }),
    onSuccess: () => refetchLive(queries, 'org'),
  })
  const begin = () => {
    setFile(null)
    check.reset()
    run.reset()
  }
  const choose = (chosen: File) => {
    run.reset()
    setFile(chosen)
    check.mutate(chosen)
  }

  if (run.data) return <ImportResult outcome={run.data} onAgain={begin} />
  if (file && check.data) {
    return (
      <ImportReport
        file={file}
        outcome={check.data}
        busy={run.isPending}
        error={run.error}
        onImport={skip => run.mutate({ chosen: file, skip })}
        onFile={choose}
        onCancel={begin}
      />
    )
  }
  return (
    <ChooseFile
      company={tree.roots[0]?.unit.name ?? ''}
      checking={check.isPending ? file : null}
      error={check.error}
      onFile={choose}
    />
  )
}

function send(file: File, query: { dry_run?: boolean; skip_bad_rows?: boolean }): Promise<ImportOutcome> {
  const body = new Blob([file], { type: 'text/csv' })
  return request('POST /org/import', { query, body }, { timeoutMs })
}
