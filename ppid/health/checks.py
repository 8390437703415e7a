"""What is examined of what runs by the clock and in the background: the worker, its queue, each job."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connection
from django.utils import timezone

from ppid.health.jobs_known import Job, daily_jobs, worker_jobs
from ppid.health.models import JobRun
from ppid.jobs import last_heartbeat, somebody_works
from ppid.web.examinations import examination
from ppid.web.moments import in_words

_SLOW, _STUCK = timedelta(minutes=10), timedelta(hours=1)
_RESTART = "Jalankan: systemctl restart ppid-worker. Sebabnya: journalctl -u ppid-worker -n 50."
# These say more than that they ran: each is examined under its own name.
_OF_THEIR_OWN = ("verify_files", "verify_ledger", "compare_shelf")


@examination("Pekerja latar belakang hidup", at_start=False)
def somebody_does_the_jobs(databases):
    """Find a worker that has not shown itself for a minute."""
    if somebody_works():
        return []
    last = last_heartbeat()
    since = f"sejak {in_words(last)}" if last else "dan belum pernah"
    return [
        Error(
            f"Pekerja latar belakang tidak berjalan {since}: surel dan cetakan menunggu.", hint=_RESTART, id="ppid.H001"
        )
    ]


@examination("Antrean pekerjaan lancar", at_start=False)
def the_queue_flows(databases):
    """Find jobs that wait too long, and those that failed within a day."""
    now, found = timezone.now(), []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), min(coalesce(job.scheduled_at, event.at)) FROM procrastinate_jobs job
            LEFT JOIN LATERAL (
                SELECT at FROM procrastinate_events WHERE job_id = job.id ORDER BY id DESC LIMIT 1
            ) event ON true
            WHERE job.status = 'todo' AND coalesce(job.scheduled_at, '-infinity') <= %(now)s
            """,
            {"now": now},
        )
        waiting, oldest = cursor.fetchone()
        cursor.execute(
            """
            SELECT count(*), max(job.task_name) FROM procrastinate_events event
            JOIN procrastinate_jobs job ON job.id = event.job_id
            WHERE job.status = 'failed' AND event.type = 'failed' AND event.at > %s
            """,
            [now - timedelta(days=1)],
        )
        failed, of_them = cursor.fetchone()
    if oldest is not None and now - oldest > _SLOW:
        said = f"{waiting} pekerjaan menunggu, yang tertua sejak {in_words(oldest)}."
        level = Error if now - oldest > _STUCK else Warning
        found.append(level(said, hint=_RESTART, id="ppid.H002"))
    if failed:
        said = f"{failed} pekerjaan gagal dalam 24 jam terakhir, di antaranya {of_them}."
        found.append(Warning(said, hint="Baca sebabnya: journalctl -u ppid-worker --since yesterday.", id="ppid.H003"))
    return found or [
        Info(f"{waiting} pekerjaan menunggu, tidak ada yang gagal." if waiting else "Tidak ada yang menunggu.")
    ]


@examination("Pekerjaan berkala berjalan pada waktunya", at_start=False)
def jobs_of_the_clock_run(databases):
    """Find jobs that failed, or that did not run when they should have."""
    now = timezone.now()
    daily = [job for job in daily_jobs(now) if job.name not in _OF_THEIR_OWN]
    found: list[CheckMessage] = []
    if all(job.run is None for job in daily):
        found.append(_never_ran())
        daily = []
    jobs = [*daily, *(worker_jobs(now) if somebody_works() else [])]
    found += [_failed(job, job.run) for job in jobs if job.run and job.failed]
    late = [job for job in jobs if job.is_late and not job.failed and job.run is not None]
    if late:
        said = "Tidak berjalan pada waktunya: " + "; ".join(f"{_lower(job.words)} ({_last(job)})" for job in late) + "."
        hint = "Lihat jadwalnya: systemctl list-timers, dan pekerjanya: systemctl status ppid-worker."
        found.append(Warning(said, hint=hint, id="ppid.H006"))
    return found


@examination("Setiap berkas cocok dengan sidiknya", at_start=False)
def files_agree_with_their_hashes(databases):
    """Find files that the last reading of all of them missed or found damaged."""
    return _of_a_reading(
        "verify_files",
        "Ada berkas yang hilang atau rusak.",
        "Kembalikan dari cadangan, lalu jalankan: ppid-manage verify_files. Perintah itu menyebut berkasnya.",
        "ppid.H007",
    )


@examination("Portal sama dengan meja", at_start=False)
def the_shelf_agrees_with_the_desk(databases):
    """Find what the last comparison of shelf and desk told."""
    return _of_a_reading(
        "compare_shelf",
        "Portal dan meja tidak sama.",
        "Jalankan: ppid-manage compare_shelf, yang menyebut setiap perbedaan. Jangan ubah basis data dengan tangan.",
        "ppid.H008",
    )


def _of_a_reading(name: str, wrong: str, hint: str, key: str) -> list[CheckMessage]:
    """Return what the last run of a job that reads everything came to."""
    (job,) = [each for each in daily_jobs(timezone.now()) if each.name == name]
    if job.run is None or job.run.ended_at is None and job.run.done_at is None:
        return [_never_ran()]
    if job.failed:
        return [Error(f"{wrong} {job.run.because}", hint=hint, id=key)]
    if job.is_late:
        said = f"Terakhir diperiksa {_last(job)}."
        return [
            Warning(said, hint=f"Jalankan: ppid-manage {name}, dan lihat systemctl status ppid-daily.timer.", id=key)
        ]
    return [Info(f"Diperiksa {_last(job)}.")]


def _never_ran() -> CheckMessage:
    if settings.DEMO:
        return Info("Pada peragaan, pekerjaan harian tidak dijadwalkan. Jalankan sendiri: manage.py daily.")
    return Warning(
        "Pekerjaan harian belum pernah berjalan.",
        hint="Pasang jadwalnya: systemctl enable --now ppid-daily.timer.",
        id="ppid.H004",
    )


def _failed(job: Job, run: JobRun) -> CheckMessage:
    said = f"{job.words}: gagal pada {in_words(run.failed_at)}. {run.because}"
    return Error(said, hint=f"Baca log lalu ulangi: ppid-manage {_command(job)}.", id=f"ppid.H005.{job.name}")


def _command(job: Job) -> str:
    return job.name if "." not in job.name else "procrastinate worker"


def _last(job: Job) -> str:
    at = job.run.done_at if job.run else None
    return f"terakhir {in_words(at)}" if at else "belum pernah berhasil"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
