"""The installation itself, in the fictional province: its operator, contact and slogan."""

from datetime import date

from thidua.accounts.actions import Terms
from thidua.demo.cast import Role, acting_as, play
from thidua.demo.minh_hoa import MARK, Province
from thidua.house.actions.beginning import make_operator
from thidua.house.actions.looks import Look, finish_setup, keep_look, set_slogan
from thidua.house.actions.mail import put_off_mail


def build(province: Province) -> None:
    """Set the house up as its operator would, but for the mail server."""
    terms = Terms(since=date(province.today.year - 2, 1, 1), post="Quản trị hệ thống")
    make_operator(play("quan-tri", province.body, Role.BOARD, terms).user)
    operator = acting_as("quan-tri", province.body)
    contact = "0000 000 000"
    keep_look(Look("Thi Đua", f"Bộ phận trực ({MARK})", contact), by=operator)
    year = province.today.year
    set_slogan(f"Đoàn kết, sáng tạo, mỗi ngày một việc tốt ({MARK})", year, by=operator)
    put_off_mail("đây là nơi minh họa", by=operator)
    finish_setup(by=operator)
