"""What nbgrader needs to know of the assignments, for commands that are run in this folder."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BUILD = FOLDER.parent / "_build" / "assignments"
BUILD.mkdir(parents=True, exist_ok=True)

c = get_config()  # noqa: F821, which nbgrader defines
c.CourseDirectory.root = str(FOLDER)
c.CourseDirectory.course_id = "every_gradient_checked"
# This gradebook serves to generate and to try the assignments; a course with students has a folder of its own, outside of here.
c.CourseDirectory.db_url = f"sqlite:///{BUILD / 'gradebook.db'}"
c.CourseDirectory.submitted_directory = str(BUILD / "submitted")
c.CourseDirectory.autograded_directory = str(BUILD / "autograded")
c.CourseDirectory.feedback_directory = str(BUILD / "feedback")
c.CourseDirectory.solution_directory = str(BUILD / "solution")
