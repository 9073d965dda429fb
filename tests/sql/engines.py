"""Runs statements on an engine: reads cases as JSON, one a line, and writes what the engine answers, one a line.

    python engines.py ENGINE < cases > answers

A case has `table` (rows, each a list in the order of COLUMNS) and `statements` (pairs of a text and its parameters). Its
answer is a list with the rows of each statement, or, in place of a list, an error as a text.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

COLUMNS = [
    "registry_type", "region_id", "instance_id", "repo_namespace", "repo_id", "repo_name", "digest", "tag",
    "charged", "last_scan_time", "scannable",
]
TEXTS = COLUMNS[:8]


def types(text, truth, number):
    """The columns with their types."""
    kinds = [text] * 8 + [truth, number, truth]
    return ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, kinds))


class DuckDb:
    """DuckDB in memory."""

    def __init__(self):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute(f"CREATE TABLE images ({types('VARCHAR', 'BOOLEAN', 'BIGINT')})")

    def fill(self, rows):
        self.connection.execute("DELETE FROM images")
        self.connection.executemany(f"INSERT INTO images VALUES ({', '.join('?' * len(COLUMNS))})", rows)

    def ask(self, text, parameters):
        return self.connection.execute(text, parameters).fetchall()

    def close(self):
        self.connection.close()


class PostgreSql:
    """A server of its own, on a socket in a temporary folder, as a user that is not root."""

    def __init__(self):
        import psycopg

        programs = self.programs()
        self.folder = tempfile.mkdtemp(prefix="scan-precheck-pg-")
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        data = os.path.join(self.folder, "data")
        self.run(os.path.join(programs, "initdb"), "-D", data, "-A", "trust", "-U", "tester", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.server = os.path.join(programs, "pg_ctl")
        self.data = data
        self.run(self.server, "-D", data, "-w", "-o", options, "-l", os.path.join(self.folder, "log"), "start")
        self.connection = psycopg.connect(host=self.folder, user="tester", dbname="postgres", autocommit=True)
        self.connection.execute(f"CREATE TABLE images ({types('text', 'boolean', 'bigint')})")

    @staticmethod
    def programs():
        """Where Debian keeps the server's programs, of the newest version that is installed."""
        root = "/usr/lib/postgresql"
        versions = sorted(os.listdir(root), key=int) if os.path.isdir(root) else []
        if not versions:
            raise ImportError("no PostgreSQL server is installed")
        return os.path.join(root, versions[-1], "bin")

    def run(self, *command):
        subprocess.run(command, check=True, user=self.user, stdout=subprocess.DEVNULL, cwd="/")

    def fill(self, rows):
        self.connection.execute("TRUNCATE images")
        insert = f"INSERT INTO images VALUES ({', '.join(['%s'] * len(COLUMNS))})"
        with self.connection.cursor() as cursor:
            cursor.executemany(insert, rows)

    def ask(self, text, parameters):
        from psycopg import RawCursor

        with RawCursor(self.connection) as cursor:
            # Without parameters the text goes to the server as it stands.
            return cursor.execute(text, parameters or None).fetchall()

    def close(self):
        self.connection.close()
        self.run(self.server, "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class ClickHouse:
    """ClickHouse within this process."""

    def __init__(self):
        from chdb import session

        self.session = session.Session()
        self.session.query("CREATE DATABASE IF NOT EXISTS inventory")
        self.session.query("USE inventory")
        columns = types("Nullable(String)", "Nullable(Bool)", "Nullable(Int64)")
        self.session.query(f"CREATE TABLE images ({columns}) ENGINE = Memory")

    def fill(self, rows):
        self.session.query("TRUNCATE TABLE images")
        lines = "\n".join(json.dumps(dict(zip(COLUMNS, row)), ensure_ascii=False) for row in rows)
        self.session.query("INSERT INTO images FORMAT JSONEachRow " + lines)

    def ask(self, text, parameters):
        # The engine reads the value of a parameter as it reads a cell of a tab-separated table.
        escape = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\0": "\\0"})
        values = {f"p{nth}": value.translate(escape) for nth, value in enumerate(parameters, 1)}
        text += "\nSETTINGS output_format_json_quote_64bit_integers = 0"
        reply = self.session.query(text, "JSONCompactEachRow", params=values) if values else self.session.query(text, "JSONCompactEachRow")
        return [json.loads(line) for line in str(reply).splitlines()]

    def close(self):
        self.session.close()


class Spark:
    """Spark on a cluster of two executors, each a process of its own."""

    def __init__(self):
        from pyspark.sql import SparkSession
        from pyspark.sql.types import BooleanType, LongType, StringType, StructField, StructType

        self.folder = tempfile.mkdtemp(prefix="scan-precheck-spark-")
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("scan-precheck")
        for name, value in {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.default.parallelism": "2",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": self.folder,
            "spark.sql.warehouse.dir": os.path.join(self.folder, "warehouse"),
            "spark.executorEnv.PYSPARK_PYTHON": sys.executable,
        }.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        kinds = [StringType()] * 8 + [BooleanType(), LongType(), BooleanType()]
        self.schema = StructType([StructField(name, kind) for name, kind in zip(COLUMNS, kinds)])

    def fill(self, rows):
        self.session.createDataFrame(rows, self.schema).createOrReplaceTempView("images")

    def ask(self, text, parameters):
        frame = self.session.sql(text, args=parameters) if parameters else self.session.sql(text)
        return [list(row) for row in frame.collect()]

    def close(self):
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Trino:
    """No server: what is written for Trino is read by sqlglot as Trino's, written for DuckDB, and run there."""

    def __init__(self):
        import sqlglot

        self.translate = sqlglot.transpile
        self.engine = DuckDb()
        self.fill = self.engine.fill
        self.close = self.engine.close

    def ask(self, text, parameters):
        [translated] = self.translate(text, read="trino", write="duckdb", error_level=None)
        return self.engine.ask(translated, parameters)


ENGINES = {"duckdb": DuckDb, "postgresql": PostgreSql, "clickhouse": ClickHouse, "spark": Spark, "trino": Trino}


def main():
    try:
        engine = ENGINES[sys.argv[1]]()
    except ImportError as missing:
        print(json.dumps({"missing": str(missing)}))
        return
    try:
        for line in sys.stdin:
            case = json.loads(line)
            engine.fill(case["table"])
            answers = []
            for text, parameters in case["statements"]:
                try:
                    answers.append([list(row) for row in engine.ask(text, parameters)])
                except Exception as error:
                    answers.append(f"{type(error).__name__}: {error}"[:2000])
            print(json.dumps(answers), flush=True)
    finally:
        engine.close()


main()
