# shellcheck shell=bash
# https://mariadb.com/docs/server/reference/sql-statements/administrative-sql-statements/backup-commands/backup-stage
lock="BACKUP STAGE START;
BACKUP STAGE FLUSH;
BACKUP STAGE BLOCK_DDL;
BACKUP STAGE BLOCK_COMMIT;"
unlock="BACKUP STAGE END;"
position="SHOW BINLOG STATUS; SELECT @@GLOBAL.gtid_binlog_pos;"
older_binlogs=3
