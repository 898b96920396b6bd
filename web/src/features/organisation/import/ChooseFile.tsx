import { Trans, useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Progress } from '@/ui'
import { downloadTable } from './download'
import { FileDrop } from './FileDrop'
import { fileProblemText } from './file-problem-text'
import styles from './import.module.css'

export interface ChooseFileProps {
  company: string
  /** The file that is being checked now. */
  checking: File | null
  error: unknown
  onFile: (file: File) => void
}

/** What the file must look like, and choosing it. */
export function ChooseFile({ company, checking, error, onFile }: ChooseFileProps) {
  const { t } = useLingui()
  return (
    <div className={styles.section}>
      <p className={styles.intro}>
        <Trans>
          Bring in units and people from a table (CSV) of your HR system. First you see what would happen; nothing is
          changed before you confirm. The same file can be imported again: people are recognised by their login.
        </Trans>
      </p>
      {error !== null && <FileProblem error={error} />}
      {checking ? (
        <div className={styles.waiting}>
          <p>
            <Trans>Checking {checking.name}…</Trans>
          </p>
          <Progress value={null} label={t`Checking the file`} />
        </div>
      ) : (
        <FileDrop onFile={onFile} />
      )}
      <Columns />
      <Button icon={<Download />} onClick={() => downloadTable('bilin-import.csv', exampleOf(company))}>
        <Trans>Download an example</Trans>
      </Button>
    </div>
  )
}

/** What the server says of a file as a whole. */
function FileProblem({ error }: { error: unknown }) {
  const text = useProblemText()
  const { i18n } = useLingui()
  const detail = fileProblemText(i18n, error)
  return (
    <Banner tone="danger">
      {text(error)}
      {detail && <div className={styles.detail}>{detail}</div>}
    </Banner>
  )
}

function Columns() {
  return (
    <dl className={styles.columns}>
      <dt>登录名 / login *</dt>
      <dd>
        <Trans>Used to sign in, and to recognise the same person again</Trans>
      </dd>
      <dt>姓名 / name *</dt>
      <dd>
        <Trans>Empty together with the login in rows that only describe a unit</Trans>
      </dd>
      <dt>部门 / unit *</dt>
      <dd>
        <Trans>The path from the company down, parted by slashes; missing units are added</Trans>
      </dd>
      <dt>类型 / kind</dt>
      <dd>分公司 / branch, 部门 / department, 小组 / team</dd>
      <dt>职务 / title · 邮箱 / email · 手机 / phone</dt>
      <dd>
        <Trans>May be empty</Trans>
      </dd>
      <dt>兼职部门 / further_units</dt>
      <dd>
        <Trans>Paths parted by semicolons, each with “=title” behind it where they differ</Trans>
      </dd>
      <dt>密码 / password</dt>
      <dd>
        <Trans>For new people; where it is empty, one is made and shown to you once</Trans>
      </dd>
    </dl>
  )
}

function exampleOf(company: string): string[][] {
  return [
    ['登录名', '姓名', '部门', '类型', '职务', '邮箱', '手机'],
    ['', '', `${company}/华东分公司`, '分公司', '', '', ''],
    ['', '', `${company}/华东分公司/市场部`, '部门', '', '', ''],
    ['zhangwei', '张伟', `${company}/华东分公司/市场部`, '', '市场经理', 'zhangwei@example.com', '13800000000'],
    ['marcus.tan', 'Marcus Tan', `${company}/Singapore`, '分公司', 'General Manager', 'marcus@example.com', ''],
  ]
}
