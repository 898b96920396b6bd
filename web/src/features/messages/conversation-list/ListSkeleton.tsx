import { Delayed, Skeleton } from '@/ui'
import styles from './list.module.css'

/** Rows in the place of conversations that are not known yet. What comes at once is not preceded by them. */
export function ListSkeleton() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <Delayed>
        {[56, 72, 40, 64, 48, 76, 52, 60].map(width => (
          <div key={width} className={styles.row} aria-hidden="true">
            <Skeleton shape="circle" width={40} height={40} />
            <span className={styles.waitingLines}>
              <Skeleton width={`${width}%`} />
              <Skeleton width={`${width / 2 + 30}%`} />
            </span>
          </div>
        ))}
      </Delayed>
    </div>
  )
}
