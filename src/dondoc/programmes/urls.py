from django.urls import URLPattern, URLResolver, path

from dondoc.programmes.views import (
    bearers,
    board,
    cascade,
    duties,
    extensions,
    listing,
    obstacle,
    obstacles,
    opening,
    papers,
    target,
    targets,
    targets_define,
    targets_grid,
    targets_measure,
    task,
    urging,
)

app_name = "programmes"

_TARGET = "<int:pk>/chi-tieu/<int:target_pk>/"
_FIGURE = f"{_TARGET}so-do/<int:measurement_pk>/"
_TASK = "<int:pk>/nhiem-vu/<int:task_pk>/"
_PLAN = "<int:pk>/ke-hoach/<int:unit_pk>/"
_STEP = f"{_PLAN}viec/<int:step_pk>/"
_NAME = f"{_TASK}ten/<int:assignment_pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.programme_list, name="list"),
    path("mo/<int:document_pk>/", opening.opening, name="open"),
    path("vuong-mac/", obstacles.everywhere, name="obstacles_everywhere"),
    path("gia-han/", extensions.everywhere, name="requests_everywhere"),
    path("cong-van-don-doc/", urging.letters, name="letters"),
    path("cong-van-don-doc/soan/", urging.compose, name="compose_letter"),
    path("cong-van-don-doc/<int:letter_pk>/tep/", urging.letter_file, name="letter_file"),
    path("<int:pk>/", board.board, name="board"),
    path("<int:pk>/gia-han/", extensions.of_programme, name="requests"),
    path("<int:pk>/vuong-mac/", obstacles.of_programme, name="obstacles"),
    path("<int:pk>/vuong-mac/neu/", obstacles.raise_obstacle, name="raise_obstacle"),
    path("<int:pk>/vuong-mac/<int:obstacle_pk>/", obstacle.obstacle, name="obstacle"),
    path("<int:pk>/vuong-mac/<int:obstacle_pk>/<slug:key>/", obstacle.act, name="obstacle_act"),
    path("<int:pk>/chi-tieu/", targets.targets, name="targets"),
    path(_TARGET, target.target, name="target"),
    path(f"{_TARGET}ghi/", targets_measure.measure, name="measure"),
    path(f"{_TARGET}bang/", targets_grid.grid, name="grid"),
    path(f"{_TARGET}duyet/", targets_measure.accept, name="accept_figures"),
    path(f"{_TARGET}dinh-nghia/", targets_define.define, name="define_target"),
    path(f"{_TARGET}dieu-chinh/", targets_define.change, name="change_target"),
    path(f"{_TARGET}moc/", targets_define.milestone, name="add_milestone"),
    path(f"{_TARGET}gop/", targets_define.join, name="join_targets"),
    path(f"{_TARGET}tach/", targets_define.part, name="part_target"),
    path(_FIGURE, targets_measure.measurement, name="measurement"),
    path(f"{_FIGURE}tra-lai/", targets_measure.send_back, name="return_figure"),
    path(f"{_FIGURE}minh-chung/", targets_measure.evidence, name="figure_evidence"),
    path("<int:pk>/bao-cao/", duties.duties, name="duties"),
    path("<int:pk>/bao-cao/<int:duty_pk>/gop/", duties.link, name="link"),
    path("<int:pk>/bao-cao/<int:duty_pk>/tach/", duties.unlink, name="unlink"),
    path("<int:pk>/van-ban/", papers.papers, name="papers"),
    path("<int:pk>/van-ban/them/", papers.join, name="join"),
    path("<int:pk>/van-ban/<int:paper_pk>/them-muc/", papers.add_items, name="add_items"),
    path("<int:pk>/van-ban/thay-the/", papers.supersede, name="supersede"),
    path("<int:pk>/ke-hoach/", cascade.plans, name="plans"),
    path(_PLAN, cascade.plan, name="plan"),
    path(f"{_PLAN}lap/", cascade.make, name="make_plan"),
    path(f"{_PLAN}loi-van/", cascade.write, name="write_plan"),
    path(f"{_PLAN}ban-hanh/", cascade.issue, name="issue_plan"),
    path(f"{_PLAN}them/", cascade.add, name="add_step"),
    path(f"{_PLAN}ke-hoach.docx", cascade.paper, name="plan_paper"),
    path(f"{_STEP}sua/", cascade.change, name="change_step"),
    path(f"{_STEP}tien-do/", cascade.record, name="record_step"),
    path(f"{_STEP}bo/", cascade.drop, name="drop_step"),
    path(f"{_TASK}gia-han/<int:request_pk>/", extensions.extension, name="request"),
    path(f"{_TASK}gia-han/<int:request_pk>/<slug:key>/", extensions.answer, name="request_answer"),
    path(_TASK, task.task, name="task"),
    path(f"{_TASK}minh-chung/<int:event_pk>/", task.evidence, name="evidence"),
    path(f"{_NAME}don-vi/", bearers.set_unit, name="set_unit"),
    path(f"{_NAME}tra-loi/", bearers.name_answerer, name="name_answerer"),
    path(f"{_NAME}cac-don-vi/", bearers.choose_parts, name="choose_parts"),
    path(f"{_TASK}<slug:key>/", task.act, name="act"),
]
